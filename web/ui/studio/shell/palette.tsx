// Everything that can be done or gone to, by a few letters.

import {signal, useComputed, useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {addCommands, type Command, offered} from '../registry';
import {desk} from '../state';
import {Dialog, dialog} from './dialog';
import {spell} from './keys';

addCommands({
  id: 'palette',
  title: 'Find a command, a node or an example',
  keys: 'Mod-k',
  run: () => {
    instead.value = undefined;
    dialog.value = 'palette';
  },
});

/** What is offered instead of everything, with what that is. */
const instead = signal<{label: string; list: Command[]} | undefined>(undefined);

/** Lets the author choose one of these. */
export function choose(label: string, list: Command[]): void {
  instead.value = {label, list};
  dialog.value = 'palette';
}

/** More than this nobody reads. */
const MOST = 60;

export function Palette() {
  return (
    <Dialog name="palette" label={instead.value?.label ?? 'Find a command, a node or an example'}>
      <Search />
    </Dialog>
  );
}

function Search() {
  const typed = useSignal('');
  const at = useSignal(0);
  const list = useRef<HTMLDivElement>(null);
  const all = useRef<Command[]>(instead.peek()?.list ?? offered());
  const found = useComputed(() => {
    const order = desk.value?.sift(
      typed.value,
      all.current.map(({title, detail}) => (detail ? `${title} ${detail}` : title)),
    );
    const commands = Array.from(order ?? []).flatMap((index) => all.current[index] ?? []);
    return commands.slice(0, MOST);
  });
  const run = (command: Command | undefined) => {
    if (!command) return;
    dialog.value = undefined;
    instead.value = undefined;
    // Once it is closed: until then nothing behind it can have the focus, and it goes back to where it was.
    requestAnimationFrame(() => command.run());
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest'});
  }, [at.value, typed.value]);
  const onKeyDown = (event: KeyboardEvent) => {
    const count = found.value.length;
    if (event.key === 'ArrowDown') at.value = (at.value + 1) % Math.max(count, 1);
    else if (event.key === 'ArrowUp') at.value = (at.value + count - 1) % Math.max(count, 1);
    else if (event.key === 'Enter') run(found.value[at.value]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="palette">
      <input
        type="text"
        role="combobox"
        aria-label="What to find"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found.value.length > 0 ? `palette-${at.value}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        spellcheck={false}
        placeholder={instead.value?.label ?? 'A command, a node, an example'}
        autofocus
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div class="found" role="listbox" id="palette-list" aria-label="What was found" ref={list}>
        {found.value.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          <div
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at.value}
            tabIndex={-1}
            onClick={() => run(command)}
          >
            <span class="title">{command.title}</span>
            {command.detail && <span class="detail">{command.detail}</span>}
            {command.keys ? (
              <kbd>{spell(command.keys)}</kbd>
            ) : (
              command.group && <span class="group">{command.group}</span>
            )}
          </div>
        ))}
      </div>
      <p class="hidden" role="status">
        {found.value.length === 0 ? 'Nothing found' : `${found.value.length} found`}
      </p>
      {found.value.length === 0 && <p class="none">Nothing is called that.</p>}
    </div>
  );
}
