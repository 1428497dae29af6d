// What can be pressed: the choices of the question that waits, or of an earlier one whose answer is being changed.

import type {ChangeView, Label, Narrowed, Stretch, View} from './bot';

interface RepliesProps {
  view: View;
  /** What the text that is being typed would do. */
  narrowed: Narrowed | undefined;
  group: {current: HTMLDivElement | null};
  onTap: (code: string, label: string) => void;
  onKeep: () => void;
}

/** A choice as it is shown: its number is that of the whole list. */
interface Shown {
  choice: Label;
  label: Stretch[];
  number: number;
}

/** The choices, numbered. Their number keys work only while the focus is among them. */
export function Replies({view, narrowed, group, onTap, onKeep}: RepliesProps) {
  const {changing} = view;
  const all = changing?.choices ?? view.choices;
  const shown = choices(all, narrowed);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && changing) {
      // By the time this reaches the conversation around it, nothing is being changed any more.
      event.stopPropagation();
      return onKeep();
    }
    if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    // Only what is seen can be meant.
    const meant = shown.find(({number}) => number === Number(event.key));
    if (meant === undefined) return;
    event.preventDefault();
    onTap(meant.choice.code, meant.choice.label);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div
      class={changing ? 'replies changing' : 'replies'}
      role="group"
      aria-labelledby="question"
      tabIndex={-1}
      ref={group}
      onKeyDown={onKeyDown}
    >
      {changing && <Asked changing={changing} lang={view.lang} />}
      {shown.map(({choice, label, number}) => (
        <button
          key={choice.code}
          type="button"
          class="choice"
          aria-keyshortcuts={number > 0 && number < 10 ? String(number) : undefined}
          onClick={() => onTap(choice.code, choice.label)}
        >
          {number > 0 && (
            <span class="number" aria-hidden="true">
              {number}
            </span>
          )}
          <span dir="auto" lang={view.lang}>
            {label.map((part, index) => (part.typed ? <u key={index}>{part.text}</u> : part.text))}
          </span>
        </button>
      ))}
      {changing && (
        <button type="button" class="quiet keep" onClick={onKeep}>
          Keep ‘<span lang={view.lang}>{changing.now}</span>’
        </button>
      )}
      {view.kind === 'end' && !changing && <p class="end">This is the end of the conversation.</p>}
    </div>
  );
}

/** The question whose answer is being changed. */
function Asked({changing, lang}: {changing: ChangeView; lang: string}) {
  return (
    <div class="asked">
      <p class="sender">Change your answer</p>
      <p id="question" dir="auto" lang={lang}>
        {changing.question}
      </p>
      {changing.said.length > 0 && (
        <div class="note" role="alert" lang={lang}>
          {changing.said.map((said, index) => (
            <p key={index} dir="auto">
              {said.pieces.map((piece) => piece.text).join('')}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

/** All choices; or those that what is being typed may become, if there are any. */
function choices(all: Label[], narrowed: Narrowed | undefined): Shown[] {
  const number = (code: string) => all.findIndex((choice) => choice.code === code) + 1;
  if (narrowed !== undefined && narrowed.choices.length > 0) {
    return narrowed.choices.map(({choice, label}) => ({choice, label, number: number(choice.code)}));
  }
  return all.map((choice, index) => ({choice, label: [{text: choice.label, typed: false}], number: index + 1}));
}

interface ToolsProps {
  view: View;
  onBack: () => void;
  onRestart: () => void;
}

export function Tools({view, onBack, onRestart}: ToolsProps) {
  if (!view.begun || view.changing) return null;
  return (
    <div class="tools">
      {view.canGoBack && (
        <button type="button" class="quiet" lang={view.lang} onClick={onBack}>
          <span class="arrow" aria-hidden="true">
            ←
          </span>{' '}
          {view.back}
        </button>
      )}
      <button type="button" class={view.kind === 'end' ? 'send' : 'quiet'} lang={view.lang} onClick={onRestart}>
        <span aria-hidden="true">↺</span> {view.startAgain}
      </button>
    </div>
  );
}
