// The one state of the Chat page, and the one function that changes it.

import {signal} from '@preact/signals';
import type {Session, View} from '../shared/bot';

/** How far the page has come. */
export type Phase =
  /** The engine or the tree is on its way. */
  | 'loading'
  /** The engine or the tree could not be had. */
  | 'failed'
  /** A conversation is on. */
  | 'ready'
  /** The engine stopped in the middle; what is kept is kept. */
  | 'stopped';

export interface State {
  phase: Phase;
  /** The conversation as it is to be drawn. */
  view: View | undefined;
  /** Whether the visitor is being asked if everything shall be deleted. */
  confirming: boolean;
  /** Whether the newest turn was "start again", which can be undone. */
  restarted: boolean;
  /** Whether the browser refused what was asked for last. */
  refused: boolean;
  /** Whether the pages keep anything else in this browser. */
  keepsMore: boolean;
}

export const state = signal<State>({
  phase: 'loading',
  view: undefined,
  confirming: false,
  restarted: false,
  refused: false,
  keepsMore: false,
});

/** The only write. */
export function update(change: Partial<State>): void {
  state.value = {...state.value, ...change};
}

/** What the page's buttons do. */
export function actions(session: Session) {
  const then = (action: () => void, change: Partial<State> = {}) => {
    action();
    update({view: session.view(), confirming: false, restarted: false, refused: false, ...change});
  };
  return {
    send: (text: string) => then(() => session.send(text)),
    tap: (code: string, title: string) => then(() => session.tap(code, title)),
    back: () => then(() => session.back()),
    restart: () => then(() => session.restart(), {restarted: true}),
    undo: () => then(() => session.undo()),
    askToClear: () => update({confirming: true, keepsMore: session.keepsMore()}),
    keep: () => update({confirming: false}),
    clear: (everything: boolean) => {
      const done = session.clear(everything);
      then(() => {}, {refused: !done});
    },
    startAfresh: () => {
      const done = session.startAfresh();
      then(() => {}, {refused: !done});
    },
  };
}

export type ChatActions = ReturnType<typeof actions>;
