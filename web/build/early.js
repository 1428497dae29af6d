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

  // From the first paint on there is an answer to press, long before an engine that takes it. What was done last is kept
  // for that (`ui/chat/opening.ts`), and said to be. A browser that can never have an engine follows the links instead.
  if (!('noModule' in HTMLScriptElement.prototype) || typeof WebAssembly !== 'object') return;
  let link;
  const take = (kept, words) => {
    Object.assign(early, {pressed: undefined, sent: undefined}, kept);
    const note = document.createElement('p');
    note.className = 'notice calm';
    note.textContent = `${words} The next question comes as soon as the advisor has loaded.`;
    document.querySelector('.first .notices')?.replaceChildren(note);
    for (const other of document.querySelectorAll('[aria-busy]')) other.removeAttribute('aria-busy');
  };
  const onClick = (event) => {
    // A page of its own is still opened by those who ask for one.
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const other = event.target.closest('#trees a[data-id]');
    const choice = event.target.closest('a.choice');
    if (other) {
      // To talk with, not the page to read, which is where the link leads without JavaScript.
      event.preventDefault();
      page.dataset.waits = '';
      wanted.set('tree', other.dataset.id);
      wanted.delete('p');
      location.hash = wanted;
    } else if (choice) {
      event.preventDefault();
      link = choice;
      const pressed = choice.lastElementChild.textContent;
      take({pressed}, `You chose ‘${pressed}’.`);
      choice.setAttribute('aria-busy', 'true');
    }
  };
  const onSubmit = (event) => {
    event.preventDefault();
    const input = event.target.querySelector('#text');
    const sent = input?.value;
    if (!sent?.trim()) return;
    input.value = '';
    take({sent}, `You said ‘${sent}’.`);
  };
  const done = () => {
    removeEventListener('click', onClick);
    removeEventListener('submit', onSubmit);
    removeEventListener('error', onError, true);
  };
  // The page's own script did not arrive: there will be nobody to take an answer, or to show where a conversation stood.
  const onError = (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    done();
    if (early.pressed !== undefined && link) location.href = link.href;
    else if (tree !== page.dataset.tree && /^[a-z0-9-]{1,64}$/.test(tree)) location.replace(`./trees/${tree}.html`);
    else delete page.dataset.waits;
  };
  // The engine is compiled and the tree fetched from here on, rather than when the page's own script has begun.
  const wasm = document.querySelector('link[as="fetch"][href$=".wasm"]');
  const own = document.querySelector('link[as="fetch"][data-id]');
  const early = {done};
  if (wasm && own && WebAssembly.compileStreaming) {
    early.engine = WebAssembly.compileStreaming(fetch(wasm.href));
    early.tree = fetch(own.href);
    // The page's script, which comes to them later, hears of what went wrong.
    for (const begun of [early.engine, early.tree]) begun.catch(() => {});
  }
  window.early = early;
  addEventListener('click', onClick);
  addEventListener('submit', onSubmit);
  addEventListener('error', onError, true);
})();
