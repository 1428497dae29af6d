// The page of shortcuts.

import {addCommands, commands} from '../registry';
import {Close, Dialog, dialog} from './dialog';
import {spell} from './keys';

addCommands(
  {
    id: 'shortcuts',
    title: 'Show the keyboard shortcuts',
    keys: '?',
    run: () => {
      dialog.value = 'shortcuts';
    },
  },
  {
    id: 'shortcuts-f1',
    title: 'Show the keyboard shortcuts, from the source too',
    keys: 'F1',
    run: () => {
      dialog.value = 'shortcuts';
    },
  },
);

/** Keys of the editor, which are its own. */
const EDITOR: [string, string][] = [
  ['Mod-f', 'Find and replace in the source'],
  ['Mod-z', 'Undo in the source'],
  ['Mod-Space', 'Complete what is being typed'],
  ['Tab', 'Leave the source'],
];

export function Shortcuts() {
  const keyed = commands.value.filter((command) => command.keys !== undefined);
  return (
    <Dialog name="shortcuts" label="Keyboard shortcuts">
      <div class="shortcuts">
        <h2>Keyboard shortcuts</h2>
        <dl>
          {[...keyed.map((command): [string, string] => [command.keys ?? '', command.title]), ...EDITOR].map(
            ([keys, title]) => (
              <div key={title}>
                <dt>
                  <kbd>{spell(keys)}</kbd>
                </dt>
                <dd>{title}</dd>
              </div>
            ),
          )}
        </dl>
        <p>In the conversation, 1 to 9 press an answer, and Escape goes to the line to type in.</p>
        <Close />
      </div>
    </Dialog>
  );
}
