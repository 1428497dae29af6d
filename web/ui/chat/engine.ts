// The one file of the Chat page that knows its wasm package: the engine without a YAML reader.

import {initSync, Session} from '../../pkg/chat/treebot.js';
import engine from '../../pkg/chat/treebot_bg.wasm?url';
import {type Session as Conversation, startEngine} from '../shared/bot';

/** The site has no tree of that name. */
export class NoTree extends Error {}

/** Starts the engine and opens the conversation over a published tree. `onStop` is called if the engine ever stops. */
export async function open(tree: string, onStop: () => void): Promise<Conversation> {
  const [compiled] = await Promise.all([fetchCompiled(tree), startEngine(start, onStop)]);
  // The Studio's has more methods, which this page does not call.
  return Session.openCompiled(compiled, tree) as unknown as Conversation;
}

/** A published tree, compiled. The page's own is on its way since its HTML was read. */
async function fetchCompiled(id: string): Promise<Uint8Array> {
  const isOwn = id === document.documentElement.dataset.tree;
  const early = isOwn ? window.early?.tree : undefined;
  // A tree that was published since is another one, while the engine's own files have names that change with them.
  const answer = await (early ?? fetch(`./trees/${id}.tree`, {cache: 'no-cache'}));
  if (answer.status === 404) throw new NoTree();
  if (!answer.ok) throw new Error(`the tree ${id} cannot be had`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** What the package brings for this is made for every kind of host, and four times as large. */
async function start(): Promise<void> {
  // A server that does not know what wasm is sends it as something else, which is not compiled as it comes.
  const begun = window.early?.engine ?? WebAssembly.compileStreaming(fetch(engine));
  const compiled = begun.catch(async () => WebAssembly.compile(await (await fetch(engine)).arrayBuffer()));
  initSync({module: await compiled});
}
