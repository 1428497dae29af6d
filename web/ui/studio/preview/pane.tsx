// The pane of the conversation: it keeps its place whatever is edited.

import {useLayoutEffect, useRef} from 'preact/hooks';
import {Conversation} from '../../shared/conversation';
import {prefer, prefs} from '../prefs';
import {addOffers, addPane, looks} from '../registry';
import {show} from '../shell/areas';
import {desk, preview, selection} from '../state';
import {act} from './act';
import {press} from './look';
import {Report} from './report';
import {Scrubber} from './scrubber';
import {Beside} from './why';

addPane({
  id: 'preview',
  where: 'end',
  title: 'Preview',
  Draw: Preview,
  order: 10,
  focus() {
    const line = document.querySelector<HTMLElement>('.pane.preview :is(.composer, .write) input');
    (line ?? document.getElementById('pane-preview'))?.focus();
  },
});

const WEB = {id: 'web', title: 'Web'};

addOffers(() =>
  [WEB, ...looks.peek()].map(({id, title}) => ({
    id: `look-${id}`,
    title: `Preview as ${title}`,
    run: () => {
      prefer({look: id});
      show('preview');
    },
  })),
);

function Preview() {
  const self = useRef<HTMLDivElement>(null);
  const view = preview.value?.view;
  const about = preview.value?.about;
  const chosen = selection.value?.node;
  // While the source does not load, nodes have other numbers in it than in the conversation's tree.
  const node = chosen !== undefined && view?.stale ? desk.peek()?.spokenBy(chosen) : chosen;
  // What is looked at elsewhere is shown here too: once, as asking where it is costs as much as drawing the page.
  const shown = useRef<number>(undefined);
  useLayoutEffect(() => {
    const isNew = node !== shown.current;
    shown.current = node;
    const turns = self.current?.querySelectorAll<HTMLElement>('.transcript > ol > li, .phone li') ?? [];
    for (const [index, turn] of [...turns].entries()) {
      const id = view?.transcript[index]?.id;
      const nodes = about?.find((about) => about.id === id)?.nodes ?? [];
      const isHere =
        turn.dataset.node === undefined
          ? node !== undefined && nodes.includes(node)
          : Number(turn.dataset.node) === node;
      const looked = isHere && turn.matches('.bot, .theirs');
      turn.toggleAttribute('data-looked', looked);
      turn.ariaCurrent = looked ? 'true' : null;
      if (looked && isNew && selection.peek()?.by !== 'preview') turn.scrollIntoView({block: 'nearest'});
    }
  }, [view, about, node, prefs.value.look]);
  if (!view) return null;
  const other = looks.value.find(({id}) => id === prefs.value.look);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Alt with an arrow key does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: it is the messages within that are pressed
    <div class={view.stale ? 'stale' : undefined} ref={self} onClick={press}>
      {looks.value.length > 0 && (
        <label class="look">
          Preview as{' '}
          <select value={prefs.value.look} onChange={(event) => prefer({look: event.currentTarget.value})}>
            {[WEB, ...looks.value].map(({id, title}) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {view.ready && <Scrubber />}
      {view.stale && (
        <p class="notice" role="status">
          {view.ready
            ? 'The source has errors. This is its last version that works.'
            : 'The source has errors. The conversation appears once they are mended.'}
        </p>
      )}
      <Report />
      {view.ready &&
        (other ? (
          <other.Draw />
        ) : (
          <div class="speech" dir={view.dir}>
            <Conversation view={view} act={act} beside={(entry) => <Beside entry={entry} />} />
          </div>
        ))}
    </div>
  );
}
