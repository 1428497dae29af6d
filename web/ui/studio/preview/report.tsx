// What edits did to each answer of the conversation, with what would keep those that are lost. It stays for as long as one
// is lost; the rest of it is news after an edit, and there whenever the author wants it.

import {effect, signal} from '@preact/signals';
import {makeOrSay} from '../editor/actions';
import type {Step, StepOutcome} from '../engine';
import {addCommands} from '../registry';
import {show} from '../shell/areas';
import {desk, edited, editor, preview, select} from '../state';

/** Whether the author wants to see the list; none where nothing was said about it. */
const wanted = signal<boolean | undefined>(undefined);

addCommands({
  id: 'report',
  title: 'Show what became of each answer of the conversation',
  when: () => (preview.value?.steps.length ?? 0) > 0,
  run: open,
});

const isLost = ({outcome}: Step) => outcome === 'asked-again' || outcome === 'unused';

// Who has closed the list has closed it for this time.
effect(() => {
  if (wanted.value === false && !preview.value?.steps.some(isLost)) wanted.value = undefined;
});

function open(): void {
  wanted.value = true;
  show('preview');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.report summary')?.focus());
}

export function Report() {
  const {steps = [], view} = preview.value ?? {};
  const changed = steps.filter(({outcome}) => outcome !== 'kept').length;
  const isNews = edited.value && !view?.stale && changed > 0;
  const isShown = steps.some(isLost) || wanted.value || isNews;
  if (!view?.ready || steps.length === 0 || !isShown) return null;
  const isOpen = wanted.value ?? steps.some(({mends}) => mends.length > 0);
  return (
    <details class={changed > 0 ? 'report' : 'report fine'} open={isOpen}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is pressed by nature, by keys too */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          wanted.value = !isOpen;
        }}
      >
        {summary(changed)}
      </summary>
      <ol>
        {steps.map((step, number) => (
          <li key={number}>
            <strong>{OUTCOME[step.outcome]}</strong> {step.answer && `‘${step.answer}’`}
            {step.question !== undefined && (
              <button type="button" class="link" onClick={() => look(number)}>
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
        ))}
      </ol>
    </details>
  );
}

function summary(changed: number): string {
  if (changed === 0) return 'All answers of the conversation stand';
  return changed === 1
    ? 'An edit has changed an answer of the conversation'
    : `Edits have changed ${changed} answers of the conversation`;
}

/** Shows in the source where an answer is given, or where it would be. */
function look(step: number): void {
  const there = desk.peek()?.stepOrigin(step);
  const source = editor.peek();
  if (!there || !source) return;
  select(there.node, 'list');
  const from = source.now(there.from);
  source.goTo(from, from);
}

const OUTCOME: Record<StepOutcome, string> = {
  kept: 'Kept:',
  alias: 'Kept, by a former key:',
  rematched: 'Kept, by what was said:',
  'asked-again': 'Asked again:',
  ahead: 'Waits for its question:',
  unused: 'Of no use any more:',
};
