// A conversation on the screen: what was said, what can be pressed, and where to type. It draws a
// `View` and reports what the visitor does; Chat and Studio share it.

import type {ComponentChildren} from 'preact';
import {useLayoutEffect, useRef, useState} from 'preact/hooks';
import type {Entry, Said, View} from './bot';

/** What a visitor can do. */
export interface Actions {
  send(text: string): void;
  tap(code: string, title: string): void;
  back(): void;
  restart(): void;
}

/** Where the focus goes once the next view is drawn. It only ever moves with a gesture. */
type Focus = 'reply' | 'input' | undefined;

interface ConversationProps {
  view: View;
  act: Actions;
  /** What stands above and below the line to type in. */
  above?: ComponentChildren;
  below?: ComponentChildren;
  /** What stands under a part of the conversation. */
  beside?: (entry: Entry) => ComponentChildren;
}

export function Conversation({view, act, above, below, beside}: ConversationProps) {
  const section = useRef<HTMLElement>(null);
  const reply = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const focus = useRef<Focus>(undefined);

  const newest = view.transcript.at(-1)?.id;
  useLayoutEffect(() => {
    if (view.begun) showNewest(section.current);
    if (focus.current === 'reply') reply.current?.focus({preventScroll: true});
    if (focus.current === 'input') input.current?.focus({preventScroll: true});
    focus.current = undefined;
  }, [newest, view.turns, view.begun]);

  const then = (where: Focus, action: () => void) => {
    focus.current = where;
    action();
  };

  return (
    <div class="conversation">
      <section
        class="transcript"
        ref={section}
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        lang={view.lang}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.focus()}
      >
        <ol>
          {view.transcript.map((entry, index) => (
            <Turn key={entry.id} entry={entry} newest={index === view.transcript.length - 1} beside={beside?.(entry)} />
          ))}
        </ol>
        <Replies view={view} group={reply} onTap={(code, label) => then('reply', () => act.tap(code, label))} />
        <Tools view={view} onBack={() => then('reply', act.back)} onRestart={() => then('reply', act.restart)} />
      </section>
      <Announcer view={view} />
      <div class="foot">
        {above}
        <Composer input={input} onSend={(text) => then('input', () => act.send(text))} />
        {below}
      </div>
    </div>
  );
}

function Turn({entry, newest, beside}: {entry: Entry; newest: boolean; beside: ComponentChildren}) {
  const last = entry.messages.length - 1;
  return (
    <li class={`turn ${entry.sender}`}>
      {entry.sender === 'bot' ? (
        <span class="sender">
          Advisor<span class="hidden"> said:</span>
        </span>
      ) : (
        <span class="hidden">You said:</span>
      )}
      {entry.note !== undefined && <p class="note">{entry.note}</p>}
      {entry.messages.map((said, index) => (
        <Message key={index} said={said} id={newest && index === last ? 'question' : undefined} />
      ))}
      {beside}
    </li>
  );
}

function Message({said, id}: {said: Said; id: string | undefined}) {
  if (said.picture) {
    return (
      <p class="message" id={id} dir="auto">
        <img src={said.picture.address} alt={said.picture.alt} loading="lazy" referrerpolicy="no-referrer" />
      </p>
    );
  }
  return (
    <p class="message" id={id} dir="auto">
      <Pieces pieces={said.pieces} />
    </p>
  );
}

/** Text with its links. Only the engine's crate decides what is a link. */
export function Pieces({pieces}: {pieces: Said['pieces']}) {
  return pieces.map((piece, index) =>
    piece.link === undefined ? piece.text : <Link key={index} to={piece.link} text={piece.text} />,
  );
}

/** Pages open beside the conversation, which may not be kept; letters and calls are the system's. */
function Link({to, text}: {to: string; text: string}) {
  if (!to.startsWith('https:')) return <a href={to}>{text}</a>;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {text}
      <span class="hidden"> (opens in a new tab)</span>
    </a>
  );
}

interface RepliesProps {
  view: View;
  group: {current: HTMLDivElement | null};
  onTap: (code: string, label: string) => void;
}

/** The choices, numbered. Their number keys work only while the focus is among them. */
function Replies({view, group, onTap}: RepliesProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const choice = view.choices[Number(event.key) - 1];
    if (choice === undefined) return;
    event.preventDefault();
    onTap(choice.code, choice.label);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div class="replies" role="group" aria-labelledby="question" tabIndex={-1} ref={group} onKeyDown={onKeyDown}>
      {view.choices.map((choice, index) => (
        <button
          key={choice.code}
          type="button"
          class="choice"
          aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
          onClick={() => onTap(choice.code, choice.label)}
        >
          <span class="number" aria-hidden="true">
            {index + 1}
          </span>
          <span dir="auto">{choice.label}</span>
        </button>
      ))}
      {view.kind === 'end' && <p class="end">This is the end of the conversation.</p>}
    </div>
  );
}

function Tools({view, onBack, onRestart}: {view: View; onBack: () => void; onRestart: () => void}) {
  if (!view.begun) return null;
  return (
    <div class="tools">
      {view.canGoBack && (
        <button type="button" class="quiet" onClick={onBack}>
          <span aria-hidden="true">←</span> {view.back}
        </button>
      )}
      <button type="button" class={view.kind === 'end' ? 'send' : 'quiet'} onClick={onRestart}>
        <span aria-hidden="true">↺</span> {view.startAgain}
      </button>
    </div>
  );
}

function Composer({input, onSend}: {input: {current: HTMLInputElement | null}; onSend: (text: string) => void}) {
  const [text, setText] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    setText('');
    onSend(text);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <label class="hidden" for="text">
        Your answer
      </label>
      <input
        id="text"
        ref={input}
        value={text}
        maxLength={1000}
        placeholder="Type an answer"
        autocomplete="off"
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="send">
        Send
      </button>
    </form>
  );
}

/**
 * Reads new replies out. It is apart from the list on the screen, since a list that is also a log
 * is neither to a screen reader; and it is emptied, so that nobody comes upon it again.
 */
function Announcer({view}: {view: View}) {
  const [said, setSaid] = useState('');
  const turns = useRef(view.turns);
  useLayoutEffect(() => {
    if (turns.current === view.turns) return;
    turns.current = view.turns;
    setSaid(view.spoken);
    const timer = setTimeout(() => setSaid(''), 1000);
    return () => clearTimeout(timer);
  }, [view.turns, view.spoken]);
  return (
    <div class="hidden" role="log" aria-live="polite" aria-label="New messages" lang={view.lang}>
      {said}
    </div>
  );
}

/** Puts the focus among the choices. Call it only where the visitor has just done something. */
export function focusReplies() {
  document.querySelector<HTMLElement>('.replies')?.focus({preventScroll: true});
}

/** Scrolls so that the newest turn is seen from its beginning. */
function showNewest(section: HTMLElement | null) {
  const turns = section?.querySelectorAll('.turn');
  const last = turns?.item(turns.length - 1);
  const before = last?.previousElementSibling;
  const first = before?.classList.contains('you') ? before : last;
  first?.scrollIntoView({block: 'start'});
}
