// The Chat page: starts the engine, opens the conversation, and draws.

import {treeId, watch} from '../shared/bot';
import {mount} from '../shared/mount';
import {Chat} from './chat';
import {open} from './engine';
import {actions, type ChatActions, state, update} from './state';

let act: ChatActions | undefined;

function App() {
  return <Chat state={state.value} act={act} tree={treeId()} />;
}

async function begin(): Promise<void> {
  const id = treeId();
  const session = await open(id, () => update({phase: 'stopped'}));
  const view = session.view();
  if (!view.ready) throw new Error('the tree does not load');
  act = actions(session);
  document.title = view.title || document.title;
  update({phase: 'ready', view});
  watch(session, () => update({view: session.view()}));
}

mount(App, begin, () => {
  if (state.value.phase !== 'stopped') update({phase: 'failed'});
});
