// The pane of the tree's own tests: they are run at every keystroke.

import type {VNode} from 'preact';
import {make, makeOrSay} from '../editor/actions';
import type {Failure, Test} from '../engine';
import {addCommands, addPane, command} from '../registry';
import {visit} from '../shell/areas';
import {ask} from '../shell/ask';
import {desk, editor, preview, select, told} from '../state';

addPane({
  id: 'tests',
  where: 'below',
  title: 'Tests',
  Draw: Tests,
  badge: () => {
    const failing = (told.value?.tests ?? []).filter(({outcome}) => outcome !== 'passed').length;
    return failing > 0 ? String(failing) : undefined;
  },
  order: 20,
});

addCommands({
  id: 'record',
  title: 'Record the conversation as a test',
  when: () => preview.value?.view.ready ?? false,
  run: () =>
    ask({
      label: 'A name for this test',
      value: desk.peek()?.testName() ?? '',
      button: 'Record',
      answer: (name) => {
        const problem = make(desk.peek()?.record(name));
        if (problem === undefined) visit('tests');
        return problem;
      },
    }),
});

function Tests() {
  const {tests = [], loads} = told.value ?? {};
  return (
    <>
      <Summary />
      {!loads && <p class="none">The tests are run again once the errors are mended.</p>}
      <ol class="problems">{tests.map(drawn)}</ol>
    </>
  );
}

/** What the tests reach, and where conversations can go at all. */
function Summary() {
  const {covered, ways, tests = []} = told.value ?? {};
  if (!covered || !ways) return null;
  const [stuck] = ways.stuck;
  return (
    <p class="none">
      {tests.length > 0 && `The tests come to ${covered.reached} of ${covered.all} questions, answers and ends. `}
      {`${ways.complete ? ways.count : `More than ${ways.count}`} ways a conversation can go: ${ways.ends} end`}
      {ways.loops > 0 && `, ${ways.loops} lead back to a question`}
      {stuck === undefined ? '; none is stuck.' : '. From some questions no answer ever leads to an end: '}
      {stuck !== undefined && (
        <button type="button" class="link" onClick={() => look(stuck)}>
          the first
        </button>
      )}{' '}
      <button type="button" class="link" onClick={() => command('record')}>
        Record the conversation as a test
      </button>
    </p>
  );
}

/** The tests that passed as they were drawn last: one is not looked at again for being a few letters further on. */
const known = new Map<number, {name: string; drawn: VNode}>();

function drawn(test: Test, number: number): VNode {
  const before = known.get(number);
  if (test.outcome === 'passed' && before?.name === test.name) return before.drawn;
  const drawn = <Row key={test.name} test={test} number={number} />;
  if (test.outcome === 'passed') known.set(number, {name: test.name, drawn});
  else known.delete(number);
  return drawn;
}

/** Goes to a test in the source as it is now. */
function goTo(number: number): void {
  const test = told.peek()?.tests[number];
  if (test) editor.peek()?.goTo(test.from, test.to);
}

function Row({test, number}: {test: Test; number: number}) {
  const {failure} = test;
  return (
    <li>
      <button type="button" class="where" onClick={() => goTo(number)}>
        <span class={test.outcome}>{OUTCOME[test.outcome]}</span> {test.name}
      </button>
      {failure && <Difference failure={failure} number={number} />}
    </li>
  );
}

/** What was expected, and what came. */
function Difference({failure, number}: {failure: Failure; number: number}) {
  return (
    <div class="difference">
      <p>
        {failure.message}{' '}
        <button type="button" class="link" onClick={() => editor.peek()?.goTo(failure.from, failure.to)}>
          Show the step
        </button>
      </p>
      {failure.expected !== undefined && (
        <p>
          <span class="label">Expected</span> <del>{failure.expected}</del>
        </p>
      )}
      {failure.said.map((said, index) => (
        <p key={index}>
          <span class="label">Came</span> <ins>{said}</ins>
        </p>
      ))}
      {failure.acceptable !== undefined && (
        <button type="button" class="quiet" onClick={() => makeOrSay(desk.peek()?.accept(number))}>
          Accept: expect ‘{failure.acceptable}’
        </button>
      )}
    </div>
  );
}

function look(node: number): void {
  select(node, 'list');
  const there = desk.peek()?.whereIs(node);
  if (there) editor.peek()?.goTo(there.from, there.from);
}

const OUTCOME = {passed: 'Passed', failed: 'Failed', unreadable: 'Unreadable', 'not-run': 'Not run'};
