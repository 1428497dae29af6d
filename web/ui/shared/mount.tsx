// The beginning of both pages.

import {type ComponentType, render} from 'preact';

/** Begins, and draws the page whether or not that worked. Another tree in the address is another page. */
export function mount(App: ComponentType, begin: () => Promise<void>, onFail: () => void): void {
  const app = document.getElementById('app');
  if (!app) return;
  begin()
    .catch(onFail)
    .then(() => {
      app.replaceChildren();
      render(<App />, app);
    });
  addEventListener('hashchange', () => location.reload());
}
