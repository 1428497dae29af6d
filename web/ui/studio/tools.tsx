// What stands in the bar at the top.

import {chooseExample} from './files/examples';
import {file} from './files/file';
import {opening} from './opening';
import {prefer, prefs, type Theme} from './prefs';
import {addCommands, addTool, command, commands} from './registry';
import {visit} from './shell/areas';
import {dialog} from './shell/dialog';
import {spell} from './shell/keys';
import {choose} from './shell/palette';
import {editor, told} from './state';

addTool({id: 'name', order: 10, Draw: Name});
addTool({id: 'file', order: 20, Draw: () => <Menu title="File" open={chooseFile} />});
addTool({id: 'examples', order: 30, Draw: () => <Menu title="Examples" open={chooseExample} />});
addTool({id: 'find', order: 80, Draw: Find});
addTool({id: 'theme', order: 85, Draw: ThemeChoice});
addTool({id: 'help', order: 88, Draw: Help});
addTool({id: 'chat', order: 90, Draw: ToChat});

addCommands(
  {id: 'to-source', title: 'Go to the source', keys: 'Alt-1', run: () => visit('source')},
  {id: 'to-preview', title: 'Go to the preview', keys: 'Alt-3', run: () => visit('preview')},
  {id: 'to-problems', title: 'Go to the problems', keys: 'Alt-4', run: () => visit('problems')},
  {id: 'to-tests', title: 'Go to the tests', keys: 'Alt-5', run: () => visit('tests')},
  {id: 'to-versions', title: 'Go to the versions', group: 'File', run: () => visit('versions')},
  ...(['system', 'light', 'dark'] as const).map((theme) => ({
    id: `theme-${theme}`,
    title: theme === 'system' ? 'Colours as the system has them' : `${theme === 'dark' ? 'Dark' : 'Light'} colours`,
    run: () => prefer({theme}),
  })),
);

/** The name of the file, and whether it has all that is in the source. */
function Name() {
  const open = file.value;
  // Looked at anew after each keystroke.
  const source = told.value && open && editor.value?.source();
  const saved = source !== undefined && open?.text === source;
  return (
    <p class="name">
      {open?.name ?? opening().tree}
      {open && (saved ? ' · saved' : open.text === undefined ? ' · not saved yet' : ' · changed since it was saved')}
    </p>
  );
}

function chooseFile(): void {
  choose(
    'File',
    commands.peek().filter(({group}) => group === 'File'),
  );
}

function Menu({title, open}: {title: string; open: () => void}) {
  return (
    <button type="button" class="quiet" aria-haspopup="dialog" onClick={open}>
      {title} <span aria-hidden="true">▾</span>
    </button>
  );
}

/** Visitors see the published tree; a shared one has none. */
function ToChat() {
  const {shared, tree} = opening();
  return shared ? <a href="./studio.html">Your own draft</a> : <a href={`./index.html#tree=${tree}`}>Chat</a>;
}

function Find() {
  return (
    <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => command('palette')}>
      Find <kbd>{spell('Mod-k')}</kbd>
    </button>
  );
}

function Help() {
  return (
    <button
      type="button"
      class="quiet"
      aria-label="Keyboard shortcuts"
      onClick={() => {
        dialog.value = 'shortcuts';
      }}
    >
      ?
    </button>
  );
}

function ThemeChoice() {
  return (
    <label class="theme">
      <span class="hidden">Colours</span>
      <select value={prefs.value.theme} onChange={(event) => prefer({theme: event.currentTarget.value as Theme})}>
        <option value="system">As the system</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
