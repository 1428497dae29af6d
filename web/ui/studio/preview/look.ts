// What was said in the conversation, looked at: source and map show where it is from, also while the source does not load.

import {addCommands} from '../registry';
import {desk, editor, notice, preview, select} from '../state';

/** A message of the conversation: its part, and its number, counted from the last, which is 0. */
type At = [part: string, message: number];

/** The one that was looked at last. */
let last: At | undefined;

/** Looks at a message; `go`: the focus goes to the source. */
export function lookAt([part, message]: At, go: boolean): void {
  const origin = desk.peek()?.origin(part, message);
  const source = editor.peek();
  if (!origin || !source) return;
  last = [part, message];
  select(origin.node, 'preview');
  const from = source.now(origin.from);
  if (go) source.goTo(from, from);
  else notice.value = `This is from line ${source.point(from)} of the source.`;
}

/** Looks at what was pressed on, unless that has a meaning of its own, or the author is selecting text. */
export function press(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : undefined;
  const turn = target?.closest('.turn');
  if (!turn || target?.closest('a, button, .why, .beside') || getSelection()?.isCollapsed === false) return;
  const part = preview.peek()?.view.transcript[[...(turn.parentElement?.children ?? [])].indexOf(turn)];
  // Of a result, the heading is the beginning of the last message.
  const index = [...turn.querySelectorAll('.message')].findIndex((message) => message.contains(target ?? null));
  if (part) lookAt([part.id, index < 0 ? 0 : part.messages.length - 1 - index], false);
}

const keys = () => document.activeElement?.closest('.pane.preview') !== null;

addCommands(
  {
    id: 'look-before',
    title: 'In the conversation: look at the message before, in source and map',
    keys: 'Alt-ArrowUp',
    when: keys,
    run: () => step(-1),
  },
  {
    id: 'look-after',
    title: 'In the conversation: look at the message after',
    keys: 'Alt-ArrowDown',
    when: keys,
    run: () => step(1),
  },
);

/** Looks at the message before or after the one that was looked at last; at the newest first. */
function step(by: 1 | -1): void {
  const parts = preview.peek()?.view.transcript ?? [];
  const all = parts.flatMap(({id, messages}) => messages.map((_, index): At => [id, messages.length - 1 - index]));
  const at = all.findIndex(([part, message]) => part === last?.[0] && message === last[1]);
  const next = at < 0 ? all.at(-1) : all[at + by];
  if (!next) return;
  lookAt(next, false);
  const turns = document.querySelectorAll('.pane.preview .transcript > ol > li');
  turns[parts.findIndex(({id}) => id === next[0])]?.scrollIntoView({block: 'nearest'});
}
