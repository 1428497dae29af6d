// Runs before the first paint. The page opens with its own tree's first question; who comes for another place, or comes
// back, would only see that flash by. Nothing is read here of what was said, only whether there is something.
(() => {
  const page = document.documentElement;
  const wanted = new URLSearchParams(location.hash.slice(1));
  const tree = wanted.get('tree') ?? page.dataset.tree;
  let theme = wanted.get('theme');
  let isKnown = false;
  try {
    theme ??= localStorage.getItem('treebot/v1/_page/theme');
    isKnown = localStorage.getItem(`treebot/v1/${tree}/events`) !== null;
  } catch {
    // Storage is blocked, so there is nothing.
  }
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme;
  if (wanted.has('embed')) page.dataset.embed = '';
  if (isKnown || tree !== page.dataset.tree || wanted.has('p')) page.dataset.waits = '';
})();
