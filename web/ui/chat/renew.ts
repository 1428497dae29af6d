// The service worker: the page works offline, and a newer version waits until it is asked for.

import {update} from './state';

/**
 * Registers the service worker. A newer version is put in place at once where the visitor has done nothing yet, so that
 * nobody reads yesterday's advice; later only when they say so. What is kept in the browser is no part of a version.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || document.documentElement.dataset.embed !== undefined) return;
  // Not every device presses keys or points; and who has typed while the page was loading has done something.
  let acted = Boolean(document.querySelector<HTMLInputElement>('#text')?.value);
  for (const type of ['pointerdown', 'keydown', 'click', 'input'])
    addEventListener(type, () => (acted = true), {once: true});
  const registration = await navigator.serviceWorker.register('./sw.js', {scope: './'});
  let renewing = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => renewing && location.reload());
  const offer = () => {
    const {waiting} = registration;
    // Without a controller this is the first version, and nobody has another.
    if (!waiting || !navigator.serviceWorker.controller) return;
    const renew = () => {
      renewing = true;
      waiting.postMessage({type: 'SKIP_WAITING'});
    };
    if (acted) update({renew});
    else renew();
  };
  offer();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', () => offer()),
  );
}
