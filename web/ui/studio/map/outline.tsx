// The map as an outline: a tree that is read aloud and moved through by keys. Beside the picture it cannot be seen, but
// the keys are its own there too; as a list it takes the picture's place. Only the rows about the one that is looked at
// are there, however large the tree is.

import type {Ref} from 'preact';
import {useLayoutEffect, useRef} from 'preact/hooks';
import type {Desk, MapRow} from '../engine';

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
        {rows.map((each) => (
          <Row key={each.id} row={each} current={each === current} {...{onPress, onJump, onToggle}} />
        ))}
      </div>
      {list && rows.length < all && (
        <p class="none">
          Rows {from + 1} to {from + rows.length} of {all}: the arrow keys lead on.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  row: MapRow;
  current: boolean;
  onPress: (node: number) => void;
  onJump: (node: number) => void;
  onToggle: (node: number) => void;
}

function Row({row, current, onPress, onJump, onToggle}: RowProps) {
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
      onClick={() => onPress(row.id)}
      onDblClick={() => onJump(row.id)}
    >
      {row.open !== undefined && (
        <span
          class="twist"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row.id);
          }}
        >
          {row.open ? '▾' : '▸'}
        </span>
      )}
      <b>{row.title}</b> <span class="about">{row.about}</span>
    </div>
  );
}
