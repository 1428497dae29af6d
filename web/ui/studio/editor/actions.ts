// What can be done at the cursor: all of it is the engine's, which hands back the edits or says why not.

import type {Change} from '../engine';
import {snapshot} from '../files/keep';
import {versions} from '../files/versions';
import {opening} from '../opening';
import {addCommands, addOffers, type Command} from '../registry';
import {ask} from '../shell/ask';
import {choose} from '../shell/palette';
import {desk, draft, editor, notice, select, turned} from '../state';

/** Makes a change; says why where there is none. */
export function make(change: Change | undefined): string | undefined {
  if (!change || change.problem !== undefined) return change?.problem ?? 'The engine is not there.';
  if (change.edits.length > 0) editor.peek()?.change(change.edits);
  return undefined;
}

/** The same, for a press: what is in the way is said in the line at the bottom. */
export function makeOrSay(change: Change | undefined): void {
  notice.value = make(change);
}

const cursor = () => editor.peek()?.cursor() ?? 0;

addCommands(
  {id: 'definition', title: 'Go to where this name or answer is given', keys: 'F12', run: () => definition(cursor())},
  {id: 'references', title: 'List all places that mean this name or answer', keys: 'Shift-F12', run: references},
  {id: 'rename', title: 'Rename this name or answer, and keep the old one in `was`', keys: 'F2', run: rename},
  {id: 'jump', title: 'Lead the conversation here', keys: 'Mod-Enter', run: () => jump(desk.peek()?.nodeAt(cursor()))},
  {id: 'also', title: 'Add a word that people may type for this answer', keys: 'F4', run: also},
  {id: 'about', title: 'Tell what this is', keys: 'Alt-F1', run: about},
  {id: 'id', title: 'Give this question an `id`', run: name},
  {id: 'keep', title: 'Keep this version', when: () => !opening().shared, run: keep},
);

addOffers(nodes);

/** All nodes and tests, to go to. */
function nodes(): Command[] {
  const headings = desk.peek()?.outline().list ?? [];
  return headings.map((heading, index) => ({
    id: `node-${index}`,
    title: heading.label,
    detail: heading.detail,
    group: heading.kind,
    run: () => {
      select(heading.node, 'palette');
      editor.peek()?.goTo(heading.from, heading.to);
    },
  }));
}

/** Leads the conversation to a node. */
export function jump(node: number | undefined): void {
  if (node === undefined) {
    notice.value = 'There is no node here that a conversation could come to.';
    return;
  }
  const done = desk.peek()?.jump(node) ?? false;
  turned();
  notice.value = done ? 'The conversation stands here now.' : 'No conversation comes to this node.';
}

/** What the pointer would be told, for who has none. */
function about(): void {
  const lines = desk.peek()?.hover(cursor())?.lines ?? [];
  const text = lines.map((line) => line.map(({text}) => text).join('')).join('; ');
  notice.value = text || 'There is nothing to say about this.';
}

/** Goes to where a name or answer is given. */
export function definition(at: number): void {
  const there = desk.peek()?.definition(at);
  if (there) editor.peek()?.goTo(there.from, there.to);
  else notice.value = 'There is no name and no answer here.';
}

function references(): void {
  const all = desk.peek()?.references(cursor()).list ?? [];
  if (all.length === 0) {
    notice.value = 'There is no name and no answer here.';
    return;
  }
  choose(
    all.length === 1 ? '1 place means this' : `${all.length} places mean this`,
    all.map((spot) => ({
      id: `spot-${spot.from}`,
      title: spot.text,
      detail: `line ${spot.line}${spot.gives ? ', where it is given' : ''}`,
      run: () => editor.peek()?.goTo(spot.from, spot.to),
    })),
  );
}

function rename(): void {
  const at = cursor();
  const spot = desk.peek()?.nameAt(at);
  if (!spot) {
    notice.value = 'There is no name and no answer here that could be renamed.';
    return;
  }
  ask({
    label: `New name for ‘${spot.text}’`,
    value: spot.text,
    button: 'Rename',
    answer: (name) => make(desk.peek()?.rename(at, name)),
  });
}

function also(): void {
  const answer = desk.peek()?.answerAt(cursor());
  if (!answer) {
    notice.value = 'There is no answer here.';
    return;
  }
  ask({
    label: `Another word for ‘${answer.key}’`,
    value: '',
    button: 'Add',
    answer: (word) => make(desk.peek()?.addAlso(answer.question, answer.answer, word)),
  });
}

function name(): void {
  const node = desk.peek()?.nodeAt(cursor());
  if (node === undefined) {
    notice.value = 'There is no node here.';
    return;
  }
  ask({
    label: 'A name for this question',
    value: '',
    button: 'Name it',
    answer: (id) => make(desk.peek()?.addId(node, id)),
  });
}

function keep(): void {
  const kept = snapshot(editor.peek()?.source() ?? '', false);
  versions.refresh();
  const why = draft.peek() === 'blocked' ? 'This browser does not let the page keep anything' : 'There is no room';
  notice.value = kept ? 'This version is kept.' : `${why}: save a file instead.`;
}
