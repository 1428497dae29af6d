// The line to type in, and what the text there would do.

import type {Narrowed, View} from './bot';

interface ComposerProps {
  view: View;
  input: {current: HTMLInputElement | null};
  text: string;
  narrowed: Narrowed | undefined;
  onText: (text: string) => void;
  onSend: (text: string) => void;
}

export function Composer({view, input, text, narrowed, onText, onSend}: ComposerProps) {
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onText('');
    onSend(text);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <label class="hidden" for="text">
        {view.changing ? 'Your new answer' : 'Your answer'}
      </label>
      <input
        id="text"
        ref={input}
        value={text}
        maxLength={1000}
        placeholder={view.changing ? 'Type the new answer' : 'Type an answer'}
        autocomplete="off"
        enterkeyhint="send"
        dir="auto"
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <button type="submit" class="send">
        Send
      </button>
      <p class="hint" role="status">
        {narrowed && hint(narrowed)}
      </p>
    </form>
  );
}

function hint({takes, asks, isCommand, choices}: Narrowed): string {
  if (takes !== undefined) return `Send takes this as ‘${takes}’.`;
  if (asks) return 'More than one answer may fit: Send asks which.';
  if (isCommand) return 'That is a command.';
  if (choices.length === 0) return 'No answer fits so far. You can send it all the same.';
  return choices.length === 1 ? '1 answer may be meant.' : `${choices.length} answers may be meant.`;
}
