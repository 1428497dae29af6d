// The Chat page: starts the engine, opens the conversation, and draws.

import {placeWanted, treeId, watch} from '../shared/bot';
import {mount} from '../shared/mount';
import {Chat} from './chat';
import {NoTree, open} from './engine';
import {type Early, leaveOpening, otherTrees} from './opening';
import {keepOffline} from './renew';
import {actions, type ChatActions, drawBy, state, update} from './state';

const app = document.getElementById('app') ?? document.body;
const others = otherTrees(app);
let act: ChatActions | undefined;
let early: Early = {pressed: undefined, sent: undefined, text: '', focus: undefined};

function App() {
  return <Chat state={state} act={act} tree={treeId()} others={others} early={early} />;
}

async function begin(): Promise<void> {
  const id = treeId();
  const session = await open(id, () => update({phase: 'stopped'}));
  const view = session.view();
  if (!view.ready) throw new Error('the tree does not load');
  act = actions(session);
  early = leaveOpening(app);
  const place = placeWanted();
  // A page around this one names a place to begin at, each time it is opened.
  const goesOn = view.begun && document.documentElement.dataset.embed !== undefined;
  if (place !== undefined && !goesOn) act.follow(place);
  const pressed = view.choices.find((choice) => choice.label === early.pressed);
  if (pressed) act.tap(pressed.code, pressed.label);
  if (early.sent !== undefined) act.send(early.sent);
  document.title = view.title || document.title;
  document.documentElement.dir = view.dir;
  update({phase: 'ready', view: session.view()});
  watch(session, () => update({view: session.view()}));
}

/** Not before there is something to talk with: what is fetched to be kept would come in its way. */
function settled(): void {
  // Whatever becomes of it, the page works without.
  const keep = () => void keepOffline().catch(() => {});
  if (document.readyState === 'complete') setTimeout(keep);
  else addEventListener('load', keep);
}

drawBy(
  mount(
    App,
    () => begin().finally(settled),
    (error) => {
      if (state.phase !== 'stopped') update({phase: error instanceof NoTree ? 'missing' : 'failed'});
    },
  ),
);
for (const type of ['online', 'offline']) addEventListener(type, () => update({offline: !navigator.onLine}));
