// The pane of headings: the whole source at a glance, node by node.

import {addCommands, addPane} from './registry';
import {visit} from './shell/areas';
import {desk, editor, select, selection, told} from './state';

addPane({id: 'outline', where: 'below', title: 'Outline', Draw: Outline, order: 50});
addCommands({id: 'to-outline', title: 'Go to the outline', run: () => visit('outline')});

/** More than this nobody scrolls through; the palette finds the rest. */
const MOST = 500;

function Outline() {
  // Asked for anew after each keystroke, while it is shown.
  const list = told.value ? (desk.peek()?.outline().list ?? []) : [];
  return (
    <>
      <ol class="outline" aria-label="Headings of the source">
        {list.slice(0, MOST).map((heading) => (
          <li key={`${heading.from}-${heading.depth}`} style={{'--depth': heading.depth}}>
            <button
              type="button"
              class="where"
              aria-current={heading.node !== undefined && selection.value?.node === heading.node ? 'true' : undefined}
              onClick={() => {
                select(heading.node, 'list');
                editor.peek()?.goTo(heading.from, heading.to);
              }}
            >
              <span class="line">{heading.label}</span> <span class="detail">{heading.detail}</span>
            </button>
          </li>
        ))}
      </ol>
      {list.length > MOST && <p class="none">{list.length - MOST} more: find them by their words.</p>}
    </>
  );
}
