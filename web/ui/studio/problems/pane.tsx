// The pane of problems: each leads to its place, and some can be mended at once.

import {prefer, prefs} from '../prefs';
import {addCommands, addPane} from '../registry';
import {visit} from '../shell/areas';
import {desk, editor, faults, heard, told} from '../state';

addPane({
  id: 'problems',
  where: 'below',
  title: 'Problems',
  Draw: Problems,
  badge: () => (count() > 0 ? String(count()) : undefined),
  order: 10,
});

addCommands(
  {id: 'next-problem', title: 'Go to the next problem', keys: 'F8', run: () => go(1)},
  {
    id: 'advice',
    title: 'Advice, on or off: hard words, many answers, ends without a link or a date',
    run: () => {
      advise(!prefs.peek().advice);
      visit('problems');
    },
  },
  {id: 'previous-problem', title: 'Go to the problem before', keys: 'Shift-F8', run: () => go(-1)},
);

/** Goes to the next problem behind the beginning of what is selected, or to the last before it; round the end. */
function go(step: 1 | -1): void {
  const all = faults.peek();
  const at = editor.peek()?.selected() ?? 0;
  const next = step === 1 ? all.find(({from}) => from > at) : all.findLast(({from}) => from < at);
  const fault = next ?? all.at(step === 1 ? 0 : -1);
  if (fault) editor.peek()?.goTo(fault.from, fault.to);
}

const count = () => faults.value.length + (told.value?.moreFaults ?? 0);

/** Turns advice on or off, now and for the next time. */
function advise(advice: boolean): void {
  prefer({advice});
  const now = desk.peek();
  now?.advise(advice);
  if (now) heard(now.told());
}

function Problems() {
  const more = told.value?.moreFaults ?? 0;
  return (
    <>
      {faults.value.length === 0 ? <p class="none">No problems.</p> : <List />}
      {more > 0 && <p class="none">And {more} more, which are shown once some of these are mended.</p>}
      <label class="advice">
        <input type="checkbox" checked={prefs.value.advice} onChange={(event) => advise(event.currentTarget.checked)} />{' '}
        Advice, too: hard words, many answers, ends without a link or a date
      </label>
    </>
  );
}

function List() {
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
