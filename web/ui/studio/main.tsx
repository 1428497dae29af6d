// The Studio: starts the engine, opens the draft or the published tree, and draws.

import {fetchTree, startEngine, treeId, watch} from '../shared/bot';
import {mount} from '../shared/mount';
import {Drafts, Session, start} from './engine';
import {actions, type StudioActions, state, studioId, update} from './state';
import {Studio} from './studio';

let act: StudioActions | undefined;
let source = '';
let published = '';

function App() {
  return <Studio state={state.value} act={act} tree={treeId()} source={source} published={published} />;
}

async function begin(): Promise<void> {
  const tree = treeId();
  const id = studioId(tree);
  [published] = await Promise.all([fetchTree(tree), startEngine(start, () => update({phase: 'stopped'}))]);
  const draft = Drafts.read(id);
  source = draft.source ?? published;
  const session = Session.open(source, id, false);
  act = actions(session, id);
  update({phase: 'ready', view: session.view(), kept: session.reload(source), draft: draft.keeping});
  watch(session, () => update({view: session.view()}));
  const key = Drafts.key(id);
  addEventListener('storage', (event) => {
    if (event.key === key && event.newValue !== null) update({elsewhere: event.newValue});
  });
}

mount(App, begin, () => {
  if (state.value.phase !== 'stopped') update({phase: 'failed'});
});
