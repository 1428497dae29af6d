// What a visitor can take away: a copy, paper, a link.

import {useState} from 'preact/hooks';
import type {View} from '../shared/bot';
import {Drop} from './menu';
import type {ChatActions} from './state';

interface Props {
  view: View;
  act: ChatActions;
  tree: string;
}

const FORMATS = [
  {format: 'text', name: 'Text', type: 'text/plain', ending: 'txt'},
  {format: 'markdown', name: 'Markdown', type: 'text/markdown', ending: 'md'},
  {format: 'json', name: 'Data (JSON)', type: 'application/json', ending: 'json'},
] as const;

export function Share({view, act, tree}: Props) {
  return (
    <div class="share" lang="en">
      <div class="row">
        <button type="button" class="quiet" onClick={() => print()}>
          Print
        </button>
        <Drop name="Save" look="quiet">
          {FORMATS.map(({format, name, type, ending}) => (
            <button
              key={format}
              type="button"
              class="quiet"
              onClick={() => download(`${tree}.${ending}`, type, act.saved(format))}
            >
              {name}
            </button>
          ))}
        </Drop>
      </div>
      <CopyLink view={view} tree={tree} />
    </div>
  );
}

/** A link to the advisor; to this very place only if that is wanted, as it tells the answers. */
function CopyLink({view, tree}: {view: View; tree: string}) {
  const [withAnswers, setWithAnswers] = useState(false);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  const link = address(tree, withAnswers ? view.place : undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('by-hand');
    }
  };
  return (
    <div class="copy">
      <button type="button" class="quiet" onClick={copy}>
        Copy link
      </button>
      <label class="tick">
        <input
          type="checkbox"
          checked={withAnswers}
          onChange={(event) => {
            setWithAnswers(event.currentTarget.checked);
            setCopied('no');
          }}
        />
        with my answers
      </label>
      <p class="soft" role="status">
        {copied === 'yes' && (withAnswers ? 'Copied. Who opens it sees your answers.' : 'Copied.')}
        {copied === 'by-hand' && 'The browser does not let the page copy. Here it is:'}
      </p>
      {copied === 'by-hand' && (
        <input
          class="by-hand"
          readOnly
          value={link}
          aria-label="Link"
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </div>
  );
}

/** The address of the advisor, or of a place in it. It stands behind the #, which no server is told. */
function address(tree: string, place: string | undefined): string {
  const wanted = new URLSearchParams();
  if (tree !== document.documentElement.dataset.tree) wanted.set('tree', tree);
  if (place !== undefined) wanted.set('p', place);
  const hash = wanted.toString();
  const {origin, pathname} = location;
  return `${origin}${pathname}${hash && `#${hash}`}`;
}

function download(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: `${type};charset=utf-8`}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
