// A conversation on the screen: what was said, what can be pressed, and where to type. It draws a
// `View` and reports what the visitor does; Chat and Studio share it.

import type {ComponentChildren} from 'preact';
import {useLayoutEffect, useRef, useState} from 'preact/hooks';
import type {Entry, Narrowed, View} from './bot';
import {Composer} from './composer';
import {Replies, Tools} from './replies';
import {Turn} from './turns';

export {Pieces} from './turns';

/** What a visitor can do. What is missing is not offered. */
export interface Actions {
  send(text: string): void;
  tap(code: string, title: string): void;
  back(): void;
  restart(): void;
  /** What a text would do that is being typed. */
  narrow?: (text: string) => Narrowed;
  /** Asks an earlier question again. */
  change?: (step: number) => void;
  /** Leaves its answer as it is. */
  keepAnswer?: () => void;
}

/** Where the focus goes once the next view is drawn. It only ever moves with a gesture. */
type Focus = 'reply' | 'input' | undefined;

interface ConversationProps {
  view: View;
  act: Actions;
  /** What stands after all that can be pressed. */
  after?: ComponentChildren;
  /** What stands above and below the line to type in. */
  above?: ComponentChildren;
  below?: ComponentChildren;
  /** What stands under a part of the conversation. */
  beside?: (entry: Entry) => ComponentChildren;
  /** What can be done with a result. */
  atEnd?: ComponentChildren;
  /** What was typed before there was an engine, and where the focus was. */
  typed?: {text: string; focus: Focus};
}

export function Conversation({view, act, after, above, below, beside, atEnd, typed}: ConversationProps) {
  const reply = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const focus = useRef<Focus>(typed?.focus);
  const [text, setText] = useState(typed?.text ?? '');
  const narrowed = text.trim() === '' ? undefined : act.narrow?.(text);

  const height = useRef(0);
  useLayoutEffect(() => {
    const {current: group} = reply;
    if (!group) return;
    // While typing narrows the choices down, their place stays as high as it was: else all would move at each key.
    group.style.minBlockSize = narrowed ? `${height.current}px` : '';
    if (!narrowed) height.current = group.offsetHeight;
  });

  const newest = view.transcript.at(-1)?.id;
  useLayoutEffect(() => {
    if (view.begun) showNewest();
  }, [newest, view.turns, view.begun]);
  useLayoutEffect(() => {
    if (view.changing) reply.current?.scrollIntoView({block: 'nearest'});
  }, [view.changing]);
  useLayoutEffect(() => {
    if (focus.current === 'reply') reply.current?.focus({preventScroll: true});
    if (focus.current === 'input') input.current?.focus({preventScroll: true});
    focus.current = undefined;
  });

  const then = (where: Focus, action: () => void) => {
    focus.current = where;
    action();
  };
  const {change, keepAnswer} = act;
  const last = view.transcript.length - 1;

  return (
    <div class="conversation">
      <section
        class="transcript"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={(event) => event.key === 'Escape' && !view.changing && input.current?.focus()}
      >
        <ol lang={view.lang}>
          {view.transcript.map((entry, index) => (
            <Turn
              key={entry.id}
              entry={entry}
              view={view}
              asks={index === last && !view.changing}
              onChange={change && ((step) => then('reply', () => change(step)))}
              beside={beside?.(entry)}
              atEnd={atEnd}
            />
          ))}
        </ol>
        <Replies
          view={view}
          narrowed={narrowed}
          group={reply}
          onTap={(code, label) => {
            setText('');
            then('reply', () => act.tap(code, label));
          }}
          onKeep={() => then('reply', () => keepAnswer?.())}
        />
        <Tools view={view} onBack={() => then('reply', act.back)} onRestart={() => then('reply', act.restart)} />
        {after}
      </section>
      <Announcer view={view} />
      <div class="foot">
        {above}
        <Composer
          view={view}
          input={input}
          text={text}
          narrowed={narrowed}
          onText={setText}
          onSend={(text) => then('input', () => act.send(text))}
        />
        {below}
      </div>
    </div>
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
    // Not when other words wait to be spoken: the timer would be stopped, and what was said would stay.
  }, [view.turns]);
  return (
    <div class="hidden" role="log" aria-live="polite" aria-label="New messages">
      <span lang={view.lang}>{said}</span>
    </div>
  );
}

/** Puts the focus among the choices. Call it only where the visitor has just done something. */
export function focusReplies() {
  document.querySelector<HTMLElement>('.replies')?.focus({preventScroll: true});
}

/** Scrolls so that the newest turn is seen from its beginning, or the question whose answer is being changed. */
export function showNewest() {
  const last = document.querySelector('.transcript .turn:last-child');
  const before = last?.previousElementSibling;
  const first = before?.classList.contains('you') ? before : last;
  (document.querySelector('.changing') ?? first)?.scrollIntoView({block: 'start'});
}
