// The line at the bottom: what is wrong, how the tests go, and what the last edit did to the conversation.

import {opening} from '../opening';
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
      <p role="status">{notice.value ?? kept()}</p>
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

function kept(): string | undefined {
  const view = preview.value?.view;
  const steps = told.value?.steps ?? [];
  if (!view?.canGoBack || view.stale || !edited.value || steps.length === 0) return undefined;
  const stand = steps.filter(({outcome}) => STANDS.has(outcome)).length;
  return `Kept your conversation (${stand} of ${count(steps.length, 'answer')}).`;
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
