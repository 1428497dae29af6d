// The map as an outline: a tree that is read aloud and moved through by keys. Beside the picture it cannot be seen, but
// the keys are its own there too; as a list it takes the picture's place. Only the rows about the one that is looked at
// are there, however large the tree is.

import type {Ref, VNode} from 'preact';
import {useLayoutEffect, useRef} from 'preact/hooks';
import type {Desk, MapRow} from '../engine';
import {isSame} from './picture';

/** How many rows are there at once, and how high one is as a list, in pixels. */
const ROWS = 60;
const HEIGHT = 32;

interface Props {
  desk: Desk;
  /** The node that the keys are at. */
  at: number;
  /** Whether it is seen, in place of the picture. */
  list: boolean;
  tree: Ref<HTMLDivElement>;
  onKeyDown: (event: KeyboardEvent) => void;
  onPress: (node: number) => void;
  onJump: (node: number) => void;
  onToggle: (node: number) => void;
}

export function Outline({desk, at, list, tree, onKeyDown, onPress, onJump, onToggle}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const row = desk.mapRow(at) ?? 0;
  const {from, rows, all} = desk.mapOutline(Math.max(0, row - ROWS / 2), ROWS);
  useLayoutEffect(() => {
    const host = frame.current;
    if (!host || !list) return;
    const top = row * HEIGHT;
    if (top < host.scrollTop || top + HEIGHT > host.scrollTop + host.clientHeight) {
      host.scrollTop = top - host.clientHeight / 2;
    }
  }, [row, list]);
  const current = rows[row - from];
  const latest = useRef({onPress, onJump, onToggle});
  latest.current = {onPress, onJump, onToggle};
  const acts = useRef<Acts>({
    press: (node) => latest.current.onPress(node),
    jump: (node) => latest.current.onJump(node),
    toggle: (node) => latest.current.onToggle(node),
  }).current;
  return (
    <div class={list ? 'outline list' : 'outline hidden'} ref={frame}>
      <div
        ref={tree}
        role="tree"
        tabIndex={0}
        aria-label="Nodes of the tree"
        aria-activedescendant={current && `map-row-${current.id}`}
        style={list ? {blockSize: `${all * HEIGHT}px`, paddingBlockStart: `${from * HEIGHT}px`} : undefined}
        onKeyDown={onKeyDown}
      >
        {rows.map((each) => drawn(each, each === current, acts))}
      </div>
      {list && rows.length < all && (
        <p class="none">
          Rows {from + 1} to {from + rows.length} of {all}: the arrow keys lead on.
        </p>
      )}
    </div>
  );
}

/** What is done with a row: it stays the same, so that rows can. */
interface Acts {
  press: (node: number) => void;
  jump: (node: number) => void;
  toggle: (node: number) => void;
}

/** The rows as they were drawn last: one that has not changed is not looked at again. */
const known = new Map<number, {row: MapRow; current: boolean; acts: Acts; drawn: VNode}>();

function drawn(row: MapRow, current: boolean, acts: Acts): VNode {
  const before = known.get(row.id);
  if (before?.current === current && before.acts === acts && isSame(before.row, row)) return before.drawn;
  const drawn = <Row key={row.id} row={row} current={current} acts={acts} />;
  if (known.size > 2000) known.clear();
  known.set(row.id, {row, current, acts, drawn});
  return drawn;
}

function Row({row, current, acts}: {row: MapRow; current: boolean; acts: Acts}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the tree
    <div
      id={`map-row-${row.id}`}
      role="treeitem"
      tabIndex={-1}
      class={current ? 'current' : undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.open}
      aria-selected={row.selected}
      style={{paddingInlineStart: `${row.level * 1.1}rem`}}
      onClick={() => acts.press(row.id)}
      onDblClick={() => acts.jump(row.id)}
    >
      {row.open !== undefined && (
        <span
          class="twist"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            acts.toggle(row.id);
          }}
        >
          {row.open ? '▾' : '▸'}
        </span>
      )}
      <b>{row.title}</b> <span class="about">{row.about}</span>
    </div>
  );
}
