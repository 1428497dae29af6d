// The one file of the Chat page that knows its wasm package: the engine without a YAML reader.

import start, {Session} from '../../pkg/chat/treebot.js';
import {type Session as Conversation, fetchCompiled, startEngine} from '../shared/bot';

/** Starts the engine and opens the conversation over a published tree. `onStop` is called if the engine ever stops. */
export async function open(tree: string, onStop: () => void): Promise<Conversation> {
  const [compiled] = await Promise.all([fetchCompiled(tree), startEngine(start, onStop)]);
  // The Studio's has more methods, which this page does not call.
  return Session.openCompiled(compiled, tree) as unknown as Conversation;
}
