// The one state of the Chat page, and the one function that changes it.

import type {Session, View} from '../shared/bot';
import {restoreTheme} from './theme';

/** How far the page has come. */
export type Phase =
  /** The engine or the tree is on its way. */
  | 'loading'
  /** The engine or the tree could not be had. */
  | 'failed'
  /** The site has no such tree. */
  | 'missing'
  /** A conversation is on. */
  | 'ready'
  /** The engine stopped in the middle; what is kept is kept. */
  | 'stopped';

export interface State {
  phase: Phase;
  /** The conversation as it is to be drawn. */
  view: View | undefined;
  /** Whether the browser refused what was asked for last. */
  refused: boolean;
  /** Whether the pages keep anything else in this browser that can be deleted too. */
  keepsMore: boolean;
  /** Whether there is no network. */
  offline: boolean;
  /** Puts a newer version of the page in place, where one is ready. */
  renew: (() => void) | undefined;
}

export let state: State = {
  phase: 'loading',
  view: undefined,
  refused: false,
  keepsMore: false,
  offline: !navigator.onLine,
  renew: undefined,
};

let draw = () => {};

/** What draws the page when the state has changed: at once, so that the focus can move within the gesture. */
export function drawBy(newest: () => void): void {
  draw = newest;
}

/** The only write. */
export function update(change: Partial<State>): void {
  state = {...state, ...change};
  draw();
}

/** What the page's buttons do. */
export function actions(session: Session) {
  const then = (action: () => void, change: Partial<State> = {}) => {
    action();
    update({view: session.view(), refused: false, keepsMore: false, ...change});
  };
  return {
    send: (text: string) => then(() => session.send(text)),
    tap: (code: string, title: string) => then(() => session.tap(code, title)),
    back: () => then(() => session.back()),
    restart: () => then(() => session.restart()),
    undo: () => {
      session.undo();
      restoreTheme();
      then(() => {});
    },
    narrow: (text: string) => session.narrow(text),
    change: (step: number) => then(() => session.change(step)),
    keepAnswer: () => then(() => session.keepAnswer()),
    follow: (code: string) => then(() => session.follow(code)),
    clear: (everything: boolean) => {
      const done = session.clear(everything);
      // The colours that were chosen are deleted too.
      restoreTheme();
      then(() => {}, {refused: !done, keepsMore: session.keepsMore()});
    },
    startAfresh: () => {
      const done = session.startAfresh();
      then(() => {}, {refused: !done});
    },
    saved: (format: string) => session.export(format),
  };
}

export type ChatActions = ReturnType<typeof actions>;
