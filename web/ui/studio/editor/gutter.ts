// What stands beside the lines: where the conversation is, and what the tests reach.

import {type Extension, RangeSet, StateEffect, StateField} from '@codemirror/state';
import {GutterMarker, gutter} from '@codemirror/view';

/** What is to be marked, by numbers of lines. */
export interface Marks {
  /** Where the conversation stands. */
  here: number | undefined;
  /** What tests come to. */
  covered: Iterable<number>;
  /** What no test comes to. */
  missed: Iterable<number>;
}

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
    const {here, covered, missed} = effect.value;
    const doc = change.state.doc;
    // One for a line: there is no room for two.
    const of = (mark: Mark, lines: Iterable<number>) =>
      Array.from(lines)
        .filter((line) => mark === HERE || line !== here)
        .map((line) => mark.range(doc.line(Math.min(Math.max(line, 1), doc.lines)).from));
    return RangeSet.of(
      [...of(HERE, here === undefined ? [] : [here]), ...of(COVERED, covered), ...of(MISSED, missed)],
      true,
    );
  },
});

/** The marks beside the lines. */
export const beside: Extension = [
  field,
  gutter({class: 'cm-beside', markers: (view) => view.state.field(field), initialSpacer: () => COVERED}),
];

/** Puts other marks in place of those that are there. */
export const marking = (marks: Marks): StateEffect<Marks> => setMarks.of(marks);
