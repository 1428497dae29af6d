// The page before its engine is there. Its HTML shows the first question already; what the visitor does with that is kept
// until somebody can answer.

/** What was done before the engine was there. */
export interface Early {
  /** The label of the answer that was pressed. */
  pressed: string | undefined;
  /** What was sent. */
  sent: string | undefined;
  /** What stands in the line to type in, and whether it is being typed. */
  text: string;
  focused: boolean;
}

/** Another tree of the site. */
export interface OtherTree {
  id: string;
  title: string;
  address: string;
}

/** Watches the page until `done` is called, which tells what was done meanwhile. */
export function watchOpening(app: HTMLElement): () => Early {
  let pressed: string | undefined;
  let sent: string | undefined;
  const input = app.querySelector<HTMLInputElement>('#text');
  const onClick = (event: MouseEvent) => {
    // A page of its own is still opened by those who ask for one.
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const other = event.target.closest<HTMLAnchorElement>('#trees a');
    if (other) {
      // To talk with, not the page to read, which is where the link leads without JavaScript.
      event.preventDefault();
      location.hash = `tree=${other.dataset.id}`;
      return;
    }
    const choice = event.target.closest('.choice');
    if (!choice) return;
    event.preventDefault();
    pressed = choice.querySelector('span:last-child')?.textContent ?? undefined;
    choice.setAttribute('aria-busy', 'true');
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (!input?.value.trim()) return;
    sent = input.value;
    input.value = '';
  };
  app.addEventListener('click', onClick);
  app.addEventListener('submit', onSubmit);
  return () => {
    app.removeEventListener('click', onClick);
    app.removeEventListener('submit', onSubmit);
    return {pressed, sent, text: input?.value ?? '', focused: document.activeElement === input && input !== null};
  };
}

/** The other trees, as the page's HTML lists them, and the page's own. */
export function otherTrees(app: HTMLElement): OtherTree[] {
  const links = [...app.querySelectorAll<HTMLAnchorElement>('#trees a')];
  const others = links.map((link) => ({
    id: link.dataset.id ?? '',
    title: link.text,
    address: `#tree=${link.dataset.id}`,
  }));
  const own = {
    id: document.documentElement.dataset.tree ?? '',
    title: app.querySelector('h1')?.textContent?.trim() ?? '',
    address: '#',
  };
  return own.title ? [own, ...others] : others;
}
