// What there is to say about the conversation itself, in the visitor's words.

import type {Keeping, News, Report, View} from '../shared/bot';
import {focusReplies} from '../shared/conversation';
import type {ChatActions, State} from './state';

interface Props {
  state: State;
  view: View;
  act: ChatActions;
}

/** It is read out when it changes, and stays until the next turn: nobody has to be quick. */
export function Notices({state, view, act}: Props) {
  const unreadable = view.keeping === 'damaged' || view.keeping === 'newer';
  const news = NEWS[view.news](view.report);
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
      {state.offline && (
        <p class="notice calm">You are offline. The advisor works all the same; links need a connection.</p>
      )}
      {state.renew && (
        <p class="notice calm">
          A newer version of this page is ready.{' '}
          {view.keeping !== 'kept' && view.begun && 'This conversation is not remembered, so it would begin anew. '}
          <button type="button" class="link" onClick={state.renew}>
            Use it now
          </button>
        </p>
      )}
      {state.refused && <p class="notice">The browser refused: what it keeps is as it was.</p>}
      {news !== undefined && (
        <p class="notice calm">
          {news}{' '}
          {UNDONE.has(view.news) && view.canUndo && (
            <button type="button" class="link" onClick={() => leaving(act.undo)}>
              Undo
            </button>
          )}
          {state.keepsMore && (
            <button type="button" class="link" onClick={() => leaving(() => act.clear(true))}>
              Also delete everything else this site keeps here
            </button>
          )}
        </p>
      )}
    </div>
  );
}

export function Privacy({view, act}: {view: View; act: ChatActions}) {
  const kept = view.keeping === 'kept';
  return (
    <div class="privacy">
      <p>
        {kept ? 'Stays in this browser.' : 'Not remembered.'} <a href="./privacy.html">Privacy</a>
      </p>
      {(view.begun || !kept) && (
        <button type="button" class="link" onClick={() => leaving(() => act.clear(false))}>
          Clear
        </button>
      )}
    </div>
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

/** What can be undone with one press, beside its news. */
const UNDONE = new Set<News>(['restarted', 'changed', 'deleted', 'followed']);

const nothing = () => undefined;

const NEWS: Record<News, (report: Report | undefined) => string | undefined> = {
  none: nothing,
  deleted: () => 'Deleted. Nothing of that conversation is kept in this browser.',
  'moved-elsewhere': () => 'This conversation went on in another tab.',
  'deleted-elsewhere': () => 'This conversation was deleted in another tab.',
  restarted: () => 'Started again.',
  changed: (report) => report && changed(report),
  undone: () => 'Undone.',
  updated: (report) => report && updated(report),
  reworded: () => 'The advisor was updated since. The result is shown as it is now.',
  followed: () => 'A link has led here.',
  'link-broken': () => 'The link that you followed is damaged, so it leads nowhere.',
  'link-newer': () => 'The link that you followed is of a newer version of this page. Reload the page to get that.',
  'link-elsewhere': () => 'The link that you followed leads to a place that this advisor does not have.',
};

function changed({answer, kept, lost}: Report): string {
  const now = `Your answer is ‘${answer}’ now.`;
  const still = kept === 0 ? '' : ` Kept ${answers(kept)} after it.`;
  if (lost.length === 0) return now + still;
  const gone = lost.map((words) => `‘${words}’`).join(', ');
  return `${now}${still} ${gone} no longer ${lost.length === 1 ? 'applies' : 'apply'}.`;
}

function updated({kept, lost}: Report): string {
  const still = kept === 0 ? 'Your earlier answers no longer apply.' : `Your answers still apply up to step ${kept}.`;
  const [first] = lost;
  const gone = kept > 0 && first !== undefined ? ` ‘${first}’ is asked again.` : '';
  return `The advisor was updated since. ${still}${gone}`;
}

const answers = (count: number) => (count === 1 ? '1 answer' : `${count} answers`);
