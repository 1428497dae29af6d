// The page before its engine is there. Its HTML shows the first question already; what the visitor does with that is kept by
// `early.js` until somebody can answer.

import {treeId} from '../shared/bot';

/** What was done before the engine was there. */
export interface Early {
  /** The label of the answer that was pressed. */
  pressed: string | undefined;
  /** What was sent. */
  sent: string | undefined;
  /** What stands in the line to type in. */
  text: string;
  /** Where the focus was. */
  focus: 'input' | 'reply' | undefined;
}

/** Another tree of the site. */
export interface OtherTree {
  id: string;
  title: string;
  lang: string;
  address: string;
}

declare global {
  interface Window {
    /** Of `early.js`; nothing in a browser that is too old for the page. */
    early?: {
      pressed?: string;
      sent?: string;
      done(): void;
      /** The engine, being compiled. */
      engine?: Promise<WebAssembly.Module>;
      /** The page's own tree, on its way. */
      tree?: Promise<Response>;
    };
  }
}

/** What was done so far. From here on the page itself takes what is done. */
export function leaveOpening(app: HTMLElement): Early {
  const {early} = window;
  early?.done();
  const input = app.querySelector<HTMLInputElement>('#text');
  const {activeElement} = document;
  // Some browsers leave the focus where it was when a link is pressed.
  const isReply = early?.pressed !== undefined || activeElement?.matches('.first .choice');
  return {
    pressed: early?.pressed,
    sent: early?.sent,
    text: input?.value ?? '',
    focus: input && activeElement === input ? 'input' : isReply ? 'reply' : undefined,
  };
}

/** The trees that can be chosen instead: those that the page's HTML lists, and the page's own. */
export function otherTrees(app: HTMLElement): OtherTree[] {
  const links = [...app.querySelectorAll<HTMLAnchorElement>('#trees a')];
  const others = links.map((link) => ({
    id: link.dataset.id ?? '',
    title: link.text,
    lang: link.lang,
    address: address(link.dataset.id),
  }));
  const own = {
    id: document.documentElement.dataset.tree ?? '',
    title: app.querySelector('h1')?.textContent?.trim() ?? '',
    lang: app.querySelector('h1')?.lang ?? '',
    address: address(undefined),
  };
  return (own.title ? [own, ...others] : others).filter(({id}) => id !== treeId());
}

/** This page with another tree, or with its own. Within another page it stays within that, and in its colours. */
function address(tree: string | undefined): string {
  const wanted = new URLSearchParams(location.hash.slice(1));
  wanted.delete('tree');
  wanted.delete('p');
  if (tree !== undefined) wanted.set('tree', tree);
  return `#${wanted}`;
}
