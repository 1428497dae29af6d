// The pane of the tree's own tests: they are run at every keystroke.

import {addPane} from '../registry';
import {editor, told} from '../state';

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

function Tests() {
  const tests = told.value?.tests ?? [];
  if (tests.length === 0) return <p class="none">This tree has no tests, or has errors.</p>;
  return (
    <ol class="problems">
      {tests.map((test) => (
        <li key={test.name}>
          <button type="button" class="where" onClick={() => editor.peek()?.goTo(test.from, test.to)}>
            <span class={test.outcome}>{OUTCOME[test.outcome]}</span> {test.name}
          </button>
        </li>
      ))}
    </ol>
  );
}

const OUTCOME = {passed: 'Passed', failed: 'Failed', unreadable: 'Unreadable', 'not-run': 'Not run'};
