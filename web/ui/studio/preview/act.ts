// What the author does in the conversation.

import {addCommands} from '../registry';
import {desk, preview, turned} from '../state';

export const act = {
  send: (text: string) => then(() => desk.peek()?.send(text)),
  tap: (code: string, title: string) => then(() => desk.peek()?.tap(code, title)),
  back: () => then(() => desk.peek()?.back()),
  restart: () => then(() => desk.peek()?.restart()),
  /** Goes to a moment of the conversation. */
  seek: (moment: number) => then(() => desk.peek()?.seek(moment)),
  undo: () => act.seek((preview.peek()?.moment ?? 0) - 1),
  redo: () => act.seek((preview.peek()?.moment ?? 0) + 1),
};

export const canUndo = () => (preview.value?.moment ?? 0) > 0;
export const canRedo = () => (preview.value?.moment ?? 0) + 1 < (preview.value?.moments ?? 0);

addCommands(
  {id: 'undo', title: 'Undo in the conversation', keys: 'Alt-PageUp', when: canUndo, run: () => act.undo()},
  {id: 'redo', title: 'Redo in the conversation', keys: 'Alt-PageDown', when: canRedo, run: () => act.redo()},
  {id: 'restart', title: 'Start the conversation again', run: () => act.restart()},
);

function then(action: () => void): void {
  action();
  turned();
}
