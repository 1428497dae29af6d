// The Chat page as a function of its state.

import {useLayoutEffect, useRef} from 'preact/hooks';
import {type Keeping, type News, treeAddress, type View} from '../shared/bot';
import {Conversation, focusReplies, Pieces} from '../shared/conversation';
import type {ChatActions, State} from './state';

export function Chat({state, act, tree}: {state: State; act: ChatActions | undefined; tree: string}) {
  switch (state.phase) {
    case 'loading':
      return null;
    case 'failed':
      return <Failed tree={tree} />;
    case 'stopped':
      return <Stopped />;
    case 'ready':
      return state.view && act ? <Page state={state} view={state.view} act={act} /> : null;
  }
}

function Page({state, view, act}: {state: State; view: View; act: ChatActions}) {
  return (
    <div class="page">
      <header class="header" lang={view.lang}>
        <h1>
          <span class="mark" aria-hidden="true" />
          {view.title || 'Treebot'}
        </h1>
        {view.about.length > 0 && (
          <p class="about">
            <Pieces pieces={view.about} />
          </p>
        )}
      </header>
      <main class="main">
        <Conversation
          view={view}
          act={act}
          above={<Notices state={state} view={view} act={act} />}
          below={<Privacy state={state} view={view} act={act} />}
        />
      </main>
    </div>
  );
}

/** What there is to say about the conversation itself. It is read out when it changes. */
function Notices({state, view, act}: {state: State; view: View; act: ChatActions}) {
  const unreadable = view.keeping === 'damaged' || view.keeping === 'newer';
  return (
    <div class="notices" role="status">
      {KEEPING[view.keeping] !== undefined && (
        <p class="notice">
          {KEEPING[view.keeping]}{' '}
          {unreadable && (
            <button type="button" class="link" onClick={() => leaving(act.startAfresh)}>
              Set it aside and remember this conversation
            </button>
          )}
        </p>
      )}
      {state.refused && <p class="notice">The browser refused: what it keeps is as it was.</p>}
      {NEWS[view.news] !== undefined && <p class="notice calm">{NEWS[view.news]}</p>}
      {state.restarted && (
        <p class="notice calm">
          Started again.{' '}
          <button type="button" class="link" onClick={() => leaving(act.undo)}>
            Undo
          </button>
        </p>
      )}
    </div>
  );
}

function Privacy({state, view, act}: {state: State; view: View; act: ChatActions}) {
  const question = useRef<HTMLDivElement>(null);
  const clear = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (state.confirming) question.current?.focus();
    else if (asked.current) clear.current?.focus();
    asked.current = state.confirming;
  }, [state.confirming]);
  if (state.confirming) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
      <div
        class="privacy"
        role="group"
        aria-labelledby="sure"
        tabIndex={-1}
        ref={question}
        onKeyDown={(event) => event.key === 'Escape' && act.keep()}
      >
        <p id="sure">Delete this conversation from this browser?</p>
        <button type="button" class="quiet" onClick={() => leaving(() => act.clear(false))}>
          Delete it
        </button>
        {state.keepsMore && (
          <button type="button" class="quiet" onClick={() => leaving(() => act.clear(true))}>
            Delete everything this site keeps here
          </button>
        )}
        <button type="button" class="quiet" onClick={act.keep}>
          Keep it
        </button>
      </div>
    );
  }
  const kept = view.keeping === 'kept';
  return (
    <div class="privacy">
      <p>
        {kept ? 'Stays in this browser.' : 'Not remembered.'} <a href="./privacy.html">Privacy</a>
      </p>
      {(view.begun || !kept) && (
        <button type="button" class="link" ref={clear} onClick={act.askToClear}>
          Clear
        </button>
      )}
    </div>
  );
}

function Failed({tree}: {tree: string}) {
  return (
    <main class="plain">
      <h1>The advisor could not be loaded</h1>
      <p>
        Your connection may have failed, or this browser may be too old for it. Nothing that you answered before is
        lost.
      </p>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Try again
        </button>
      </p>
      <p>
        You can also <a href={treeAddress(tree)}>read all questions and answers as text</a>.
      </p>
    </main>
  );
}

function Stopped() {
  return (
    <main class="plain">
      <h1>The advisor stopped</h1>
      <p role="alert">Something went wrong inside it. Your answers up to now are kept; reload the page to go on.</p>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </main>
  );
}

/** Does what a button does that is gone afterwards: the focus goes back to the conversation. */
function leaving(action: () => void) {
  focusReplies();
  action();
}

const KEEPING: Record<Keeping, string | undefined> = {
  kept: undefined,
  blocked: "This browser does not let the page keep anything, so your answers won't be remembered after you close it.",
  full: "This browser has no room left, so your newest answers won't be remembered after you close it.",
  damaged: "An earlier conversation kept here can't be read. It is left as it is, and this one won't be remembered.",
  newer:
    "An earlier conversation kept here was written by a newer version of this page. It is left as it is, and this one won't be remembered.",
};

const NEWS: Record<News, string | undefined> = {
  none: undefined,
  deleted: 'Deleted. Nothing of that conversation is kept in this browser.',
  'moved-elsewhere': 'This conversation went on in another tab.',
  'deleted-elsewhere': 'This conversation was deleted in another tab.',
};
