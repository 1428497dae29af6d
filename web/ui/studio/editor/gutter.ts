// What stands beside the lines: where the conversation is, and what the tests reach.

import {type Extension, RangeSet, StateEffect, StateField} from '@codemirror/state';
import {GutterMarker, gutter} from '@codemirror/view';

/** What is to be marked, by numbers of lines. */
export interface Marks {
  /** Where the conversation stands. */
  here: number | undefined;
  /** What tests come to; with a minus what no test comes to. */
  lines: Int32Array;
}

/** Whether the same lines are marked. */
export const isSame = (one: Marks, other: Marks | undefined): boolean =>
  one.here === other?.here &&
  one.lines.length === other?.lines.length &&
  one.lines.every((line, at) => line === other.lines[at]);

const setMarks = StateEffect.define<Marks>();

class Mark extends GutterMarker {
  constructor(
    readonly sign: string,
    readonly title: string,
    readonly look: string,
  ) {
    super();
  }
  override eq(other: Mark): boolean {
    return this.look === other.look;
  }
  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = `mark-${this.look}`;
    mark.textContent = this.sign;
    mark.title = this.title;
    return mark;
  }
}

const HERE = new Mark('▶', 'The conversation stands here', 'here');
const COVERED = new Mark('✓', 'A test comes here', 'covered');
const MISSED = new Mark('○', 'No test comes here', 'missed');

const field = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(marks, change) {
    const effect = change.effects.find((effect) => effect.is(setMarks));
    if (!effect?.is(setMarks)) return change.docChanged ? marks.map(change.changes) : marks;
    const {here, lines} = effect.value;
    const doc = change.state.doc;
    const at = (mark: Mark, line: number) => mark.range(doc.line(Math.min(Math.max(line, 1), doc.lines)).from);
    // One for a line: there is no room for two.
    const others = Array.from(lines).filter((line) => Math.abs(line) !== here);
    const all = others.map((line) => at(line < 0 ? MISSED : COVERED, Math.abs(line)));
    return RangeSet.of(here === undefined ? all : [...all, at(HERE, here)], true);
  },
});

/** The marks beside the lines. */
export const beside: Extension = [
  field,
  gutter({class: 'cm-beside', markers: (view) => view.state.field(field), initialSpacer: () => COVERED}),
];

/** Puts other marks in place of those that are there. */
export const marking = (marks: Marks): StateEffect<Marks> => setMarks.of(marks);
