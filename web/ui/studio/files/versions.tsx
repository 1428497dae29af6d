// The pane of earlier versions: each can be looked at and brought back.

import {signal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {download} from '../download';
import {Drafts, type Reason, type Version} from '../engine';
import {opening} from '../opening';
import {addPane, command} from '../registry';
import {draft, notice} from '../state';
import {replace} from './file';
import {onVersions} from './keep';

const list = signal<readonly Version[]>([]);

/** Earlier versions of the draft. */
export const versions = {
  list,
  refresh(): void {
    list.value = Drafts.versions(opening().id).list;
  },
  /** The source of one; says so where it is gone. */
  source(at: number): string | undefined {
    const source = Drafts.version(opening().id, at);
    if (source === undefined) {
      notice.value = 'This version is not there any more.';
      versions.refresh();
    }
    return source;
  },
  /** When one was kept, and why. */
  name: ({at, why}: Version): string => `${WHEN.format(at)}, ${WHY[why]}`,
};

onVersions(versions.refresh);

addPane({id: 'versions', where: 'below', title: 'Versions', Draw: Versions, order: 40});

function Versions() {
  const {shared} = opening();
  useEffect(versions.refresh, []);
  return (
    <>
      <p class="none">
        {shared ? 'Nothing of a shared tree is kept in this browser; a file stays.' : `${KEEPING[draft.value]} ${HOW}`}{' '}
        <button type="button" class="link" onClick={() => command('save')}>
          Save a file
        </button>{' '}
        {!shared && (
          <button type="button" class="link" onClick={() => command('keep')}>
            Keep this version
          </button>
        )}{' '}
        {!shared && 'storage' in navigator && 'persist' in navigator.storage && (
          <button type="button" class="link" onClick={persist}>
            Ask this browser not to delete them
          </button>
        )}
      </p>
      <ol class="problems">
        {list.value.map((version) => (
          <li key={version.at}>
            <time dateTime={new Date(version.at).toISOString()}>{WHEN.format(version.at)}</time>
            <span>
              {WHY[version.why]}, {version.lines === 1 ? '1 line' : `${version.lines} lines`}
            </span>
            <button type="button" class="link" onClick={() => bringBack(version)}>
              Bring it back<span class="hidden"> as it was on {WHEN.format(version.at)}</span>
            </button>
            <button type="button" class="link" onClick={() => save(version)}>
              Save it as a file<span class="hidden"> as it was on {WHEN.format(version.at)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function bringBack(version: Version): void {
  const source = versions.source(version.at);
  if (source !== undefined) replace(source, `This is how it was on ${WHEN.format(version.at)}.`);
}

function save(version: Version): void {
  const source = versions.source(version.at);
  if (source !== undefined) download(source, 'application/yaml', `${opening().tree}-${version.at}.yaml`);
}

async function persist(): Promise<void> {
  const granted = await navigator.storage.persist();
  notice.value = granted
    ? 'This browser promises not to delete what this site keeps by itself.'
    : 'This browser promises nothing. Save a file to be safe.';
}

const WHEN = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});

const WHY: Record<Reason, string> = {
  pause: 'kept by itself',
  saved: 'kept by you',
  replaced: 'before something else took its place',
  faulty: 'kept by itself, with errors',
};

const HOW =
  'A version is kept every few minutes, and before anything else takes its place: 40 at most. Those that were kept by themselves go first, the oldest before the others. A browser may delete what pages keep when it runs out of room, or after some time without a visit; a file stays.';

const KEEPING = {
  kept: 'Your draft and its versions are in this browser only.',
  blocked: 'This browser does not let the page keep anything.',
  full: 'This browser has no room left: the newest changes are not kept.',
  damaged: '',
  newer: '',
};
