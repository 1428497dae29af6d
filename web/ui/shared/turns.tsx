// What was said, as it stands in the list: messages, links, and results. The list is in the language of its tree; what
// the page says there itself is in English, and marked as that.

import type {ComponentChildren} from 'preact';
import type {Entry, Given, Piece, ResultCard, Said, View} from './bot';

interface TurnProps {
  entry: Entry;
  view: View;
  /** Whether its words are those that the choices answer. */
  asks: boolean;
  onChange: ((step: number) => void) | undefined;
  /** What stands under it. */
  beside: ComponentChildren;
  /** What can be done with the result that holds. */
  atEnd: ComponentChildren;
}

export function Turn({entry, view, asks, onChange, beside, atEnd}: TurnProps) {
  const {step, result} = entry;
  const last = entry.messages.length - 1;
  return (
    <li class={`turn ${entry.sender}${result ? ' ends' : ''}`}>
      {entry.sender === 'bot' ? (
        <span class="sender" lang="en">
          Advisor<span class="hidden"> said:</span>
        </span>
      ) : (
        <span class="hidden" lang="en">
          You said:
        </span>
      )}
      {entry.note !== undefined && <p class="note">{entry.note}</p>}
      {result ? (
        <Result
          result={result}
          lang={view.lang}
          answers={result.holds ? view.answers : []}
          about={result.holds ? view.about : []}
          id={asks}
        >
          {result.holds && atEnd}
        </Result>
      ) : (
        entry.messages.map((said, index) => (
          <Message key={index} said={said} id={asks && index === last ? 'question' : undefined} />
        ))
      )}
      {step !== undefined && onChange && (
        <button type="button" class="change-this" lang="en" onClick={() => onChange(step)}>
          <ChangeOf question={view.answers[step]?.question} lang={view.lang} />
        </button>
      )}
      {beside}
    </li>
  );
}

/** What a button says that asks a question again. */
export function ChangeOf({question, lang}: {question: string | undefined; lang: string}) {
  return (
    <>
      Change
      <span class="hidden">
        {' '}
        your answer to ‘<span lang={lang}>{question}</span>’
      </span>
    </>
  );
}

interface ResultProps {
  result: ResultCard;
  lang: string;
  answers: Given[];
  about: Piece[];
  id: boolean;
  children: ComponentChildren;
}

/** An end: what fits, why, where to read on, and how old that is. */
function Result({result, lang, answers, about, id, children}: ResultProps) {
  return (
    <div class={result.holds ? 'result' : 'result earlier'}>
      {!result.holds && (
        <p class="note" lang="en">
          An earlier result. Your answers have changed since.
        </p>
      )}
      <h2 id={id && result.heading !== undefined ? 'question' : undefined} dir="auto">
        {result.heading ?? <span lang="en">Result</span>}
      </h2>
      {result.said.map((said, index) => (
        <Message
          key={index}
          said={said}
          id={id && result.heading === undefined && index === 0 ? 'question' : undefined}
        />
      ))}
      {result.links.length > 0 && (
        <ul class="sources" aria-label="Read on" lang="en">
          {result.links.map((link) => (
            <li key={link.address}>
              <Link to={link.address}>
                <span class="words" dir="auto" lang={lang}>
                  {link.text}
                </span>
                <span class="host">{link.host}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {answers.length > 0 && (
        <div class="why">
          <h3 lang="en">Because you answered</h3>
          <ul>
            {answers.map((given, index) => (
              <li key={index} dir="auto">
                {given.question} <b>{given.answer}</b>
              </li>
            ))}
          </ul>
        </div>
      )}
      {about.length > 0 && (
        <p class="soft">
          <Pieces pieces={about} />
        </p>
      )}
      {children}
    </div>
  );
}

function Message({said, id}: {said: Said; id: string | undefined}) {
  return (
    <p class="message" id={id} dir="auto">
      {said.picture ? (
        <img src={said.picture.address} alt={said.picture.alt} loading="lazy" referrerpolicy="no-referrer" />
      ) : (
        <Pieces pieces={said.pieces} />
      )}
    </p>
  );
}

/** Text with its links. Only the engine's crate decides what is a link. */
export function Pieces({pieces}: {pieces: Piece[]}) {
  return pieces.map((piece, index) =>
    piece.link === undefined ? (
      piece.text
    ) : (
      <Link key={index} to={piece.link}>
        {piece.text}
      </Link>
    ),
  );
}

/** Pages open beside the conversation, which may not be kept; letters and calls are the system's. */
function Link({to, children}: {to: string; children: ComponentChildren}) {
  if (!to.startsWith('https:')) return <a href={to}>{children}</a>;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="hidden" lang="en">
        {' '}
        (opens in a new tab)
      </span>
    </a>
  );
}
