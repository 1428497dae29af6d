// The preview as a phone shows it: what the Worker would send, drawn. Which messages, buttons and quick replies these
// are is decided by the very code that sends them.

import {useSignal} from '@preact/signals';
import {useLayoutEffect, useRef} from 'preact/hooks';
import type {Bubble, Limit, Phone, Press} from '../engine';
import {Because, Why} from '../preview/why';
import {addLook} from '../registry';
import {desk, editor, preview, turned} from '../state';

addLook({id: 'messenger', title: 'Messenger', Draw: Messenger});

function Messenger() {
  // It follows the conversation, and what "More…" shows.
  preview.value;
  const pressed = useSignal(0);
  pressed.value;
  const phone = desk.value?.phone();
  const press = ({payload, title}: Press) => {
    desk.peek()?.press(payload, title);
    pressed.value += 1;
    turned();
  };
  return phone ? <Screen phone={phone} press={press} /> : null;
}

function Screen({phone, press}: {phone: Phone; press: (press: Press) => void}) {
  const screen = useRef<HTMLElement>(null);
  const newest = phone.bubbles.length;
  useLayoutEffect(() => {
    const host = screen.current;
    if (host) host.scrollTop = host.scrollHeight;
  }, [newest, phone.quick[0]?.payload]);
  return (
    <div class="phone">
      <Limits limits={phone.limits} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="screen" aria-label="Messenger" tabIndex={0} ref={screen}>
        <ol>
          {phone.bubbles.map((bubble, at) => (
            <li key={at} class={bubble.mine ? 'mine' : 'theirs'} data-node={bubble.node}>
              <span class="hidden">{bubble.mine ? 'You said: ' : 'The page said: '}</span>
              <Message bubble={bubble} press={press} />
              {/* Of a reply in several messages, under the last. */}
              {bubble.entry !== phone.bubbles[at + 1]?.entry && (
                <>
                  <Why id={bubble.entry} />
                  <Because id={bubble.entry} />
                </>
              )}
            </li>
          ))}
        </ol>
        {phone.quick.length > 0 && (
          <fieldset class="quick" aria-label="Quick replies">
            {phone.quick.map((reply) => (
              <button key={reply.payload} type="button" onClick={() => press(reply)}>
                {reply.title}
              </button>
            ))}
          </fieldset>
        )}
      </section>
      <Composer />
      <details class="bodies">
        <summary>What is sent</summary>
        {phone.bodies.map((body, at) => (
          <pre key={at}>{body}</pre>
        ))}
      </details>
    </div>
  );
}

function Message({bubble, press}: {bubble: Bubble; press: (press: Press) => void}) {
  if (bubble.picture !== undefined) return <img src={bubble.picture} alt="" referrerpolicy="no-referrer" />;
  if (bubble.buttons.length === 0) return <p dir="auto">{bubble.text}</p>;
  return (
    <div class="template">
      <p dir="auto">{bubble.text}</p>
      {bubble.buttons.map((button) => (
        <button key={button.payload} type="button" onClick={() => press(button)}>
          {button.title}
        </button>
      ))}
    </div>
  );
}

function Limits({limits}: {limits: Limit[]}) {
  if (limits.length === 0) return null;
  return (
    <ul class="limits" aria-label="Limits of Messenger">
      {limits.map((limit) => (
        <li key={limit.message}>
          <button type="button" class="link" onClick={() => editor.peek()?.goTo(limit.from, limit.to)}>
            {limit.message}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Composer() {
  const typed = useSignal('');
  const send = (event: Event) => {
    event.preventDefault();
    if (typed.value.trim() === '') return;
    desk.peek()?.send(typed.value);
    typed.value = '';
    turned();
  };
  return (
    <form class="write" onSubmit={send}>
      <input
        type="text"
        aria-label="Message"
        placeholder="Aa"
        enterkeyhint="send"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="quiet">
        Send
      </button>
    </form>
  );
}
