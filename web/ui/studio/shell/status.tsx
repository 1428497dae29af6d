// The line at the bottom: what is wrong, how the tests go, and what the last edit did to the conversation.

import {opening} from '../opening';
import {command} from '../registry';
import {draft, dropped, edited, notice, preview, told} from '../state';
import {visit} from './areas';

export function Status() {
  const now = told.value;
  if (!now) return null;
  return (
    <footer class="status">
      <button type="button" class="link" onClick={() => visit('problems')}>
        {count(now.faults.length + now.moreFaults, 'problem')}
      </button>
      <button type="button" class="link" onClick={() => visit('tests')}>
        {tests()}
      </button>
      <p role="status">{notice.value ?? <Kept />}</p>
      {dropped.value > 0 && (
        <p class="keeping" role="status">
          This browser has little room left:{' '}
          {dropped.value === 1 ? 'an old version was' : `${dropped.value} old versions were`} dropped.
        </p>
      )}
      <p class="keeping">{opening().shared ? SHARED : DRAFT[draft.value]}</p>
    </footer>
  );
}

const count = (number: number, what: string) =>
  number === 0 ? `No ${what}s` : number === 1 ? `1 ${what}` : `${number} ${what}s`;

function tests(): string {
  if (!told.value?.loads) return 'Tests wait';
  const all = told.value.tests;
  if (all.length === 0) return 'No tests';
  const passed = all.filter((test) => test.outcome === 'passed').length;
  return passed === all.length ? `${count(passed, 'test')} passed` : `${passed} of ${all.length} tests passed`;
}

/** How much of the conversation stands: after an edit, and for as long as something is lost. */
function Kept() {
  const {steps = [], view} = preview.value ?? {};
  const stand = steps.filter(({outcome}) => STANDS.has(outcome)).length;
  const isNews = edited.value || steps.some(({outcome}) => outcome === 'asked-again' || outcome === 'unused');
  if (view?.stale !== false || !isNews || steps.length === 0) return null;
  return (
    <button type="button" class="link" onClick={() => command('report')}>
      Kept your conversation ({stand} of {count(steps.length, 'answer')}).
    </button>
  );
}

const STANDS = new Set(['kept', 'alias', 'rematched']);

const SHARED = 'Nothing of this is kept in this browser.';

const DRAFT = {
  kept: 'Your draft stays in this browser.',
  blocked: 'This browser does not let the page keep anything: your draft is lost when you close it.',
  full: 'This browser has no room left: your newest changes are lost when you close it.',
  damaged: '',
  newer: '',
};
