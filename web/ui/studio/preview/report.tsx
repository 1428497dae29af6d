// What the last edit did to each answer of the conversation, with what would keep those that are lost.

import {makeOrSay} from '../editor/actions';
import type {StepOutcome} from '../engine';
import {desk, edited, editor, preview, select, told} from '../state';

export function Report() {
  const steps = told.value?.steps ?? [];
  const view = preview.value?.view;
  const lost = steps.filter(({outcome}) => outcome !== 'kept');
  if (!view?.ready || view.stale || !edited.value || lost.length === 0) return null;
  return (
    <details class="report" open={lost.some(({mends}) => mends.length > 0)}>
      <summary>
        {lost.length === 1 ? 'This edit changes an answer' : `This edit changes ${lost.length} answers`} of the
        conversation
      </summary>
      <ol>
        {steps.map((step, number) =>
          step.outcome === 'kept' ? null : (
            <li key={number}>
              <strong>{OUTCOME[step.outcome]}</strong> {step.answer && `‘${step.answer}’`}
              {step.question !== undefined && (
                <button type="button" class="link" onClick={() => look(step.question)}>
                  {step.asked || 'its question'}
                </button>
              )}
              {step.mends.map((title, mend) => (
                <button
                  key={title}
                  type="button"
                  class="quiet"
                  onClick={() => makeOrSay(desk.peek()?.mend(number, mend))}
                >
                  {title}
                </button>
              ))}
            </li>
          ),
        )}
      </ol>
    </details>
  );
}

/** Shows a node in the source. */
function look(node: number | undefined): void {
  if (node === undefined) return;
  select(node, 'list');
  const there = desk.peek()?.whereIs(node);
  if (there) editor.peek()?.goTo(there.from, there.from);
}

const OUTCOME: Record<StepOutcome, string> = {
  kept: 'Kept:',
  alias: 'Kept, by a former key:',
  rematched: 'Kept, by what was said:',
  'asked-again': 'Asked again:',
  ahead: 'Waits for its question:',
  unused: 'Of no use any more:',
};
