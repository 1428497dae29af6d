// The pane of problems: each leads to its place, and some can be mended at once.

import {addCommands, addPane} from '../registry';
import {editor, faults} from '../state';

addPane({
  id: 'problems',
  where: 'below',
  title: 'Problems',
  Draw: Problems,
  badge: () => (faults.value.length > 0 ? String(faults.value.length) : undefined),
  order: 10,
});

addCommands(
  {id: 'next-problem', title: 'Go to the next problem', keys: 'F8', run: () => go(1)},
  {id: 'previous-problem', title: 'Go to the problem before', keys: 'Shift-F8', run: () => go(-1)},
);

/** The problem that was gone to last. */
let last = -1;

function go(step: number): void {
  const count = faults.peek().length;
  if (count === 0) return;
  last = (Math.min(last, count) + step + count) % count;
  const fault = faults.peek()[last];
  if (fault) editor.peek()?.goTo(fault.from, fault.to);
}

function Problems() {
  if (faults.value.length === 0) return <p class="none">No problems.</p>;
  return (
    <ol class="problems">
      {faults.value.map((fault) => (
        <li key={`${fault.from}-${fault.code}`}>
          <button type="button" class="where" onClick={() => editor.peek()?.goTo(fault.from, fault.to)}>
            <span class={fault.severity}>{fault.severity === 'error' ? 'Error' : 'Warning'}</span>{' '}
            <span class="line">line {fault.line}</span> {fault.message}
          </button>
          {fault.fixes.map((fix) => (
            <button key={fix.title} type="button" class="link" onClick={() => editor.peek()?.change(fix.edits)}>
              {fix.title}
            </button>
          ))}
        </li>
      ))}
    </ol>
  );
}
