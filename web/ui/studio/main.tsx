// The Studio: starts the engine, opens the draft or the published tree, and draws. What the page is made of registers
// itself when it is imported here.

import {fetchTree, startEngine, treeId, watch} from '../shared/bot';
import {mount} from '../shared/mount';
import './editor/actions';
import './editor/pane';
import {Desk, Drafts, start} from './engine';
import './files/examples';
import {recall, stay} from './files/file';
import {found, lookElsewhere} from './files/keep';
import {evened} from './files/lines';
import './files/versions';
import './impact/pane';
import './map/pane';
import './messenger/look';
import {openWith} from './opening';
import './outline';
import {prefs} from './prefs';
import './preview/pane';
import './problems/pane';
import {sharedText} from './share/hash';
import './share/tool';
import {visit} from './share/visit';
import {keepFocus} from './shell/focus';
import {listenToKeys} from './shell/keys';
import {desk, draft, elsewhere, heard, notice, phase, studioId, turned} from './state';
import {Studio} from './studio';
import './tests/pane';
import './tools';

const stop = () => {
  phase.value = 'stopped';
};

async function begin(): Promise<void> {
  const shared = sharedText();
  if (shared !== undefined) {
    await startEngine(start, stop);
    visit(shared);
  } else await beginDraft();
  if (phase.value !== 'ready') return;
  listenToKeys();
  keepFocus();
}

async function beginDraft(): Promise<void> {
  const tree = treeId();
  const id = studioId(tree);
  // A draft needs nothing of the site: its tree may have been withdrawn.
  const fetching = fetchTree(tree).then(evened, (reason: unknown) => ({reason}));
  await startEngine(start, stop);
  const kept = Drafts.read(id);
  const fetched = await fetching;
  const published = typeof fetched === 'string' ? fetched : undefined;
  const text = kept.source ?? published;
  if (text === undefined) throw new Error('there is neither a draft nor a tree', {cause: fetched});
  const source = evened(text);
  const opened = Desk.open(source, id, published);
  opened.advise(prefs.value.advice);
  found(kept.source);
  openWith({tree, id, source, published});
  if (kept.source !== undefined) recall(source);
  desk.value = opened;
  draft.value = kept.keeping;
  heard(opened.told());
  if (published === undefined) notice.value = 'The published tree did not come; this is your draft.';
  phase.value = 'ready';
  watch(opened, turned);
  const key = Drafts.key(id);
  addEventListener('storage', (event) => {
    if (event.key === key && event.newValue !== null) elsewhere.value = event.newValue;
  });
  // A page that was put to sleep hears of nothing.
  addEventListener('pageshow', () => lookElsewhere(id));
  document.addEventListener('visibilitychange', () => lookElsewhere(id));
  addEventListener('beforeunload', (event) => {
    // Only where the browser keeps nothing is there anything to lose.
    if (draft.value !== 'kept') stay(event, source);
  });
}

mount(Studio, begin, () => {
  if (phase.value !== 'stopped') phase.value = 'failed';
});
