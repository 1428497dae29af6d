// Files: where the browser lets a page write into one, the author's own; elsewhere a download.

import {signal} from '@preact/signals';
import {download} from '../download';
import {opening} from '../opening';
import {addCommands, command} from '../registry';
import {editor, notice, preview} from '../state';
import {onKept, snapshot} from './keep';
import {evened, isWide, written} from './lines';
import {versions} from './versions';

/** The file that the source came from or was saved to. */
export interface Open {
  name: string;
  /** What lets the page write into it. */
  handle: FileSystemFileHandle | undefined;
  /** What stands in it, as it is edited; none where nothing has been saved yet. */
  text: string | undefined;
  /** Whether its lines end as on Windows. */
  wide: boolean;
}

export const file = signal<Open | undefined>(undefined);

declare global {
  interface Window {
    showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]>;
    showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>;
  }
}

/** As much as the engine reads: see `treebot::Limits`. */
const MOST = 1 << 20;

const KINDS = {types: [{description: 'Trees', accept: {'application/yaml': ['.yaml', '.yml']}}]};

addCommands(
  {id: 'open', title: 'Open a file', group: 'File', keys: 'Mod-o', run: () => done(open())},
  {id: 'save', title: 'Save as a file', group: 'File', keys: 'Mod-s', run: () => done(save(false))},
  {id: 'save-as', title: 'Save as another file', group: 'File', run: () => done(save(true))},
  {id: 'new', title: 'Begin a new tree', group: 'File', run: begin},
  {
    id: 'put-back',
    title: 'Put the published tree back',
    group: 'File',
    when: () => !opening().shared && opening().published !== undefined,
    run: putBack,
  },
);

/** Puts another source in. What was there stays among the versions, and can be brought back by undoing. */
export function replace(source: string, what: string): void {
  const now = editor.peek();
  if (!now) return;
  const kept = snapshot(now.source(), true);
  now.replace(source);
  // What is saved from here on is not what stood in the file.
  file.value = undefined;
  versions.refresh();
  const before = kept ? 'What was here before is among the versions.' : 'Undo brings back what was here.';
  notice.value = `${what} ${before}`;
}

function begin(): void {
  // What was answered in another tree says nothing in this one.
  if (preview.peek()?.view.begun) command('restart');
  replace(NEW, 'A new tree.');
  file.value = {name: 'new-tree.yaml', handle: undefined, text: undefined, wide: false};
}

function putBack(): void {
  const {published} = opening();
  if (published !== undefined) replace(published, 'The published tree is back.');
}

async function open(): Promise<void> {
  if (window.showOpenFilePicker) {
    const [handle] = await window.showOpenFilePicker(KINDS);
    if (handle) await take(await handle.getFile(), handle);
    return;
  }
  picker ??= newPicker();
  // The same file may be chosen again.
  picker.value = '';
  picker.click();
}

/** In the page, as some browsers forget what is in none while the author chooses. */
let picker: HTMLInputElement | undefined;

function newPicker(): HTMLInputElement {
  const made = document.createElement('input');
  made.type = 'file';
  made.accept = '.yaml,.yml';
  made.hidden = true;
  made.addEventListener('change', () => {
    const chosen = made.files?.[0];
    if (chosen) done(take(chosen, undefined));
  });
  document.body.append(made);
  return made;
}

/** Opens a file that the author has handed to the page. */
export const openFile = (chosen: File): void => done(take(chosen, undefined));

/** Takes in what stands in a file. */
async function take(chosen: File, handle: FileSystemFileHandle | undefined): Promise<void> {
  const found = await textOf(chosen);
  if (found === undefined) return;
  const text = evened(found);
  replace(text, `${chosen.name} is open.`);
  file.value = {name: chosen.name, handle, text, wide: isWide(found)};
}

/** The text of a file; says so where it has none that could be a tree's. */
export async function textOf(chosen: File): Promise<string | undefined> {
  if (chosen.size > MOST) {
    notice.value = `${chosen.name} is larger than 1 MiB, which no tree may be. Nothing was changed.`;
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(await chosen.arrayBuffer());
  } catch {
    notice.value = `${chosen.name} is no text in UTF-8. Nothing was changed.`;
    return undefined;
  }
}

/** What a file of the present source is called. */
export const fileName = (): string => file.peek()?.name ?? `${opening().tree}.yaml`;

/** Asks before the page is left with a source that is neither what it was opened with nor in a file. */
export function stay(event: BeforeUnloadEvent, source: string): void {
  const now = editor.peek()?.source();
  if (now !== undefined && now !== source && now !== file.peek()?.text) event.preventDefault();
}

async function save(anew: boolean): Promise<void> {
  const now = editor.peek();
  if (!now) return;
  const text = now.source();
  const wide = file.peek()?.wide ?? false;
  const content = written(text, wide);
  const name = fileName();
  let handle = anew ? undefined : file.peek()?.handle;
  if (!handle && window.showSaveFilePicker) handle = await window.showSaveFilePicker({...KINDS, suggestedName: name});
  if (handle) {
    const stream = await handle.createWritable();
    await stream.write(content);
    await stream.close();
  } else {
    download(content, 'application/yaml', name);
  }
  snapshot(text, false);
  versions.refresh();
  file.value = {name: handle?.name ?? name, handle, text, wide};
  remember(text);
  notice.value = handle ? `Saved to ${handle.name}.` : `${name} was handed to your downloads.`;
}

/** What is kept of the open file beside the draft, for when the page is opened again: what lets the page write into it cannot be. */
interface Kept {
  name: string;
  wide: boolean;
  /** Whether all that is in the draft is in the file; none where nothing has been saved yet. */
  saved?: boolean;
}

const key = () => `treebot/v1/${opening().id}/file`;

/** What is kept now. */
let kept: string | undefined;

/** Keeps which file is open, with whether it has all of `source`. */
function remember(source: string): void {
  const now = file.peek();
  const {name, wide, text: inFile} = now ?? {};
  const saved = inFile === undefined ? {} : {saved: inFile === source};
  const text = name && JSON.stringify({name, wide, ...saved});
  if (text === kept || opening().shared) return;
  kept = text;
  try {
    if (text === undefined) localStorage.removeItem(key());
    else localStorage.setItem(key(), text);
  } catch {
    // Then it holds until the page is closed.
  }
}

onKept(remember);

/** Finds out which file a draft is of that was kept. */
export function recall(source: string): void {
  try {
    kept = localStorage.getItem(key()) ?? undefined;
    const {name, wide, saved}: Partial<Kept> = JSON.parse(kept ?? '{}');
    if (typeof name !== 'string') return;
    // What else may stand in it is not known any more.
    const text = saved === undefined ? undefined : saved ? source : '';
    file.value = {name, handle: undefined, text, wide: wide === true};
  } catch {
    // Then it is not known.
  }
}

/** Waits, and says what went wrong. */
function done(work: Promise<void>): void {
  work.catch((error: unknown) => {
    // The author closed the window in which files are chosen.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    notice.value = 'The file could not be read or written. Your draft is as it was.';
  });
}

const NEW = `title: A new tree
say: What would you like to know?
answers:
  opening hours: We are open from nine to five.
  prices:
    say: For whom?
    answers:
      adults: Ten pounds.
      children: They go free.
`;
