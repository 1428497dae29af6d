// The Studio: starts the engine, opens the draft or the published tree, and draws. What the page is made of registers
// itself when it is imported here.

import {fetchTree, startEngine, treeId, watch} from '../shared/bot';
import {mount} from '../shared/mount';
import './editor/actions';
import './editor/pane';
import {Desk, Drafts, start} from './engine';
import './files/examples';
import {file} from './files/file';
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
import {listenToKeys} from './shell/keys';
import {desk, draft, editor, elsewhere, heard, phase, studioId, turned} from './state';
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
  if (phase.value === 'ready') listenToKeys();
}

async function beginDraft(): Promise<void> {
  const tree = treeId();
  const id = studioId(tree);
  const [fetched] = await Promise.all([fetchTree(tree), startEngine(start, stop)]);
  const published = evened(fetched);
  const kept = Drafts.read(id);
  const source = evened(kept.source ?? published);
  const opened = Desk.open(source, id);
  opened.advise(prefs.value.advice);
  openWith({tree, id, source, published});
  desk.value = opened;
  draft.value = kept.keeping;
  heard(opened.told());
  phase.value = 'ready';
  watch(opened, turned);
  const key = Drafts.key(id);
  addEventListener('storage', (event) => {
    if (event.key === key && event.newValue !== null) elsewhere.value = event.newValue;
  });
  addEventListener('beforeunload', (event) => {
    // Only where the browser keeps nothing is there anything to lose.
    const isKept = draft.value === 'kept' || editor.value?.source() === source;
    if (!isKept && file.value?.text !== editor.value?.source()) event.preventDefault();
  });
}

mount(Studio, begin, () => {
  if (phase.value !== 'stopped') phase.value = 'failed';
});
