// Why the bot answered that: the rule, the words, and what would make it understand.

import {signal} from '@preact/signals';
import type {Entry} from '../../shared/bot';
import {makeOrSay} from '../editor/actions';
import {desk, editor, preview, select} from '../state';

/** The part of the conversation that is explained. */
const explained = signal<string | undefined>(undefined);

/** What stands under a part of the conversation: where it is in the source, or why it was understood so. */
export function Beside({entry}: {entry: Entry}) {
  const about = preview.value?.about.find(({id}) => id === entry.id);
  if (entry.sender === 'you') {
    const open = explained.value === entry.id;
    return (
      <>
        <button
          type="button"
          class="beside"
          aria-expanded={open}
          onClick={() => {
            explained.value = open ? undefined : entry.id;
          }}
        >
          Why?
        </button>
        {open && <Explanation id={entry.id} text={entry.messages[0]?.pieces[0]?.text ?? ''} />}
      </>
    );
  }
  const node = about?.nodes.at(-1);
  if (node === undefined) return null;
  return (
    <button type="button" class="beside" onClick={() => look(node)}>
      Source
    </button>
  );
}

function look(node: number): void {
  select(node, 'preview');
  const there = desk.peek()?.whereIs(node);
  if (there) editor.peek()?.goTo(there.from, there.from);
}

function Explanation({id, text}: {id: string; text: string}) {
  // Asked for anew whenever the conversation or the source has changed.
  const why = preview.value && desk.peek()?.why(id);
  if (!why) return null;
  return (
    <div class="why">
      {why.words.length > 0 && (
        <p class="words">
          {why.words.map((word, index) => (
            <span key={index} class={word.doubted ? 'doubted' : word.speaks.length > 0 ? 'speaks' : undefined}>
              {word.text}
              {word.speaks.length > 0 && <small>{word.speaks.join(', ')}</small>}
            </span>
          ))}
        </p>
      )}
      {why.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {why.rule !== '' && why.rule !== 'none' && (
        <p class="rule">
          Rule: <code>{why.rule}</code>
        </p>
      )}
      {why.add.length > 0 && (
        <p class="row">
          Take it for{' '}
          {why.add.map(({answer, label}) => (
            <button
              key={answer}
              type="button"
              class="quiet"
              onClick={() => makeOrSay(desk.peek()?.addAlso(why.question, answer, text))}
            >
              {label}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
