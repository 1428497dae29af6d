// A tree that somebody shared, as it is shown: nothing of it is kept in this browser, and nothing that is kept is touched.

import {signal} from '@preact/signals';
import {Conversation} from '../../shared/conversation';
import {Desk} from '../engine';
import {stay} from '../files/file';
import {evened} from '../files/lines';
import {openWith} from '../opening';
import {prefs} from '../prefs';
import {act} from '../preview/act';
import {addTool} from '../registry';
import {desk, heard, notice, phase, preview} from '../state';
import {onlyPreview} from './hash';

/** Why a link was not opened. */
export const refused = signal<string | undefined>(undefined);

/** Opens what a link holds, or says why it cannot be opened. */
export function visit(text: string): void {
  const {source: packed, history, sound, problem} = Desk.openLink(text);
  const source = evened(packed);
  if (problem !== undefined && source === '') {
    refused.value = problem;
    phase.value = 'refused';
    return;
  }
  const opened = Desk.visit(source, 'shared', history, sound && evened(sound));
  opened.advise(prefs.value.advice);
  openWith({tree: 'shared', id: 'studio-shared', source, published: source, shared: true});
  desk.value = opened;
  heard(opened.told());
  notice.value = problem;
  addTool({id: 'shared', order: 10, Draw: Shared});
  phase.value = onlyPreview() ? 'only' : 'ready';
  // Nothing of it is kept, so all that was changed would be lost.
  addEventListener('beforeunload', (event) => stay(event, source));
}

function Shared() {
  return (
    <p class="shared" role="note">
      A shared tree. What you change here is kept nowhere: <b>Share</b> hands it on, or saves the file.
    </p>
  );
}

/** What is said of a link that was not opened. */
export function Refused() {
  return (
    <main class="plain">
      <h1>This link could not be opened</h1>
      <p role="alert">{refused.value}</p>
      <p>
        <a href="./studio.html">Open the Studio without it</a>
      </p>
    </main>
  );
}

/** The conversation alone, for other people's pages. */
export function Only() {
  const view = preview.value?.view;
  if (!view) return null;
  return (
    <main class="only" dir={view.dir}>
      <h1 class="hidden">{view.title || 'A conversation'}</h1>
      {view.ready ? (
        <Conversation view={view} act={act} />
      ) : (
        <p class="plain">This tree has errors, so it cannot be talked to.</p>
      )}
    </main>
  );
}
