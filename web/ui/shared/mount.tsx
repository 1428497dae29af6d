// The beginning of both pages.

import {type ComponentType, render} from 'preact';

/**
 * Begins, and draws the page whether or not that worked; gives what draws it again. Another tree in the address is another
 * page.
 */
export function mount(App: ComponentType, begin: () => Promise<void>, onFail: (error: unknown) => void): () => void {
  const app = document.getElementById('app');
  if (!app) return () => {};
  let begun = false;
  const draw = () => {
    if (begun) render(<App />, app);
  };
  begin()
    .catch(onFail)
    .then(() => {
      // In one task, so that nothing is ever painted in between.
      app.replaceChildren();
      begun = true;
      draw();
      delete document.documentElement.dataset.waits;
      // For whoever looks how long it took: the benchmark, and a browser's tools.
      performance.mark('ready');
    });
  addEventListener('hashchange', () => location.reload());
  return draw;
}
