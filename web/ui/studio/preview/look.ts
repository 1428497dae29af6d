// What was said in the conversation, looked at: source and map show where it is from, also while the source does not load.

import type {Origin} from '../engine';
import {addCommands} from '../registry';
import {desk, editor, notice, preview, select} from '../state';

/** A message of the conversation: its part, and its number, counted from the last, which is 0; on a phone its number. */
type At = {part: string; message: number} | {bubble: number};

/** The one that was looked at last. */
let last: At | undefined;

/** Looks at a message; `go`: the focus goes to the source. */
export function lookAt(at: At, go: boolean): void {
  const origin = originOf(at);
  const source = editor.peek();
  if (!origin || !source) return;
  last = at;
  select(origin.node, 'preview');
  const from = source.now(origin.from);
  if (go) source.goTo(from, from);
  else notice.value = `This is from line ${source.point(from)} of the source.`;
}

const originOf = (at: At): Origin | undefined =>
  'bubble' in at ? desk.peek()?.phoneOrigin(at.bubble) : desk.peek()?.origin(at.part, at.message);

/** Looks at what was pressed on, unless that has a meaning of its own, or the author is selecting text. */
export function press(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('a, button, .why, .beside') || getSelection()?.isCollapsed === false) return;
  const bubble = target?.closest('.phone li');
  if (bubble) lookAt({bubble: bubbles().indexOf(bubble)}, false);
  const turn = target?.closest('.turn');
  if (!turn) return;
  const part = preview.peek()?.view.transcript[[...(turn.parentElement?.children ?? [])].indexOf(turn)];
  // Of a result, the heading is the beginning of the last message.
  const index = [...turn.querySelectorAll('.message')].findIndex((message) => message.contains(target ?? null));
  if (part) lookAt({part: part.id, message: index < 0 ? 0 : part.messages.length - 1 - index}, false);
}

/** The messages on the phone, where that is shown. */
const bubbles = (): Element[] => [...document.querySelectorAll('.pane.preview .phone li')];

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
  const shown = messages();
  const at = shown.findIndex(({at}) => isSame(at, last));
  const next = at < 0 ? shown.at(-1) : shown[at + by];
  if (!next) return;
  lookAt(next.at, false);
  next.turn?.scrollIntoView({block: 'nearest'});
}

/** All messages that are shown, and what each stands in. */
function messages(): {at: At; turn: Element | undefined}[] {
  const phone = bubbles();
  if (phone.length > 0) return phone.map((turn, bubble) => ({at: {bubble}, turn}));
  const turns = [...document.querySelectorAll('.pane.preview .transcript > ol > li')];
  const parts = preview.peek()?.view.transcript ?? [];
  return parts.flatMap(({id, messages}, part) =>
    messages.map((_, index) => ({at: {part: id, message: messages.length - 1 - index}, turn: turns[part]})),
  );
}

function isSame(one: At, other: At | undefined): boolean {
  if (!other) return false;
  if ('bubble' in one) return 'bubble' in other && one.bubble === other.bubble;
  return 'part' in other && one.part === other.part && one.message === other.message;
}
