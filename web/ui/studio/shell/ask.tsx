// One question to the author: a line to type in, and what is wrong with what was typed.

import {signal, useSignal} from '@preact/signals';
import {Close, Dialog, dialog} from './dialog';

export interface Question {
  /** What is asked for. */
  label: string;
  /** What stands in the line at first. */
  value: string;
  /** What the button does. */
  button: string;
  /** Does it; or says what is in the way, in a sentence. */
  answer: (text: string) => string | undefined;
}

const question = signal<Question | undefined>(undefined);

export function ask(asked: Question): void {
  question.value = asked;
  dialog.value = 'ask';
}

export function Ask() {
  const asked = question.value;
  return (
    <Dialog name="ask" label={asked?.label ?? ''}>
      {asked && <Form asked={asked} />}
    </Dialog>
  );
}

function Form({asked}: {asked: Question}) {
  const problem = useSignal<string | undefined>(undefined);
  const typed = useSignal(asked.value);
  const submit = (event: Event) => {
    event.preventDefault();
    problem.value = asked.answer(typed.value);
    if (problem.value === undefined && dialog.peek() === 'ask') dialog.value = undefined;
  };
  return (
    <form class="ask" onSubmit={submit}>
      <label for="ask">{asked.label}</label>
      <input
        id="ask"
        class="field"
        autofocus
        autocomplete="off"
        maxLength={200}
        value={typed.value}
        aria-invalid={problem.value !== undefined}
        aria-describedby="ask-problem"
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p id="ask-problem" class="error" role="alert">
        {problem.value}
      </p>
      <p class="row">
        <button type="submit" class="send">
          {asked.button}
        </button>
        <Close>Cancel</Close>
      </p>
    </form>
  );
}
