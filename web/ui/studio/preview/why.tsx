// Why the bot answered that: the rule, the words, and what would make it understand.

import {signal} from '@preact/signals';
import type {Entry} from '../../shared/bot';
import {makeOrSay} from '../editor/actions';
import {desk, preview} from '../state';
import {lookAt} from './look';

/** The part of the conversation that is explained. */
const explained = signal<string | undefined>(undefined);

/** What stands under a part of the conversation: where it is in the source, or why it was understood so. */
export function Beside({entry}: {entry: Entry}) {
  if (entry.sender === 'you') {
    const open = explained.value === entry.id;
    return (
      <>
        <button
          type="button"
          class="beside"
          lang="en"
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
  return (
    <button type="button" class="beside" lang="en" onClick={() => lookAt({part: entry.id, message: 0}, true)}>
      Source
    </button>
  );
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
