// Why the bot answered that: the rule, the words, and what would make it understand.

import {signal} from '@preact/signals';
import type {Entry} from '../../shared/bot';
import {makeOrSay} from '../editor/actions';
import {desk, preview} from '../state';
import {lookAt} from './look';

/** The part of the conversation that is explained. */
const explained = signal<string | undefined>(undefined);

/** What stands under a part of the conversation: why it was said or understood so, and where it is in the source. */
export function Beside({entry}: {entry: Entry}) {
  return (
    <>
      <span class="besides" lang="en">
        <Why id={entry.id} />
        {entry.sender === 'bot' && (
          <button type="button" class="beside" onClick={() => lookAt({part: entry.id, message: 0}, true)}>
            Source
          </button>
        )}
      </span>
      <Because id={entry.id} />
    </>
  );
}

/** Asks why. */
export function Why({id}: {id: string}) {
  const open = explained.value === id;
  return (
    <button
      type="button"
      class="beside"
      aria-expanded={open}
      onClick={() => {
        explained.value = open ? undefined : id;
      }}
    >
      Why?
    </button>
  );
}

/** The answer to that, once it is asked. */
export function Because({id}: {id: string}) {
  return explained.value === id ? <Explanation id={id} /> : null;
}

function Explanation({id}: {id: string}) {
  // Asked for anew whenever the conversation or the source has changed.
  const why = preview.value && desk.peek()?.why(id);
  if (!why) return null;
  return (
    <div class="why" lang="en">
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
      {why.rivals.length > 0 && (
        <div>
          Next came
          <ul>
            {why.rivals.map(({label, rule, why}) => (
              <li key={label}>
                <b>{label}</b>: {why} <code>{rule}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {why.add.length > 0 && (
        <p class="row">
          Take it for{' '}
          {why.add.map(({answer, label}) => (
            <button
              key={answer}
              type="button"
              class="quiet"
              onClick={() => makeOrSay(desk.peek()?.addAlso(why.question, answer, why.said))}
            >
              {label}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
