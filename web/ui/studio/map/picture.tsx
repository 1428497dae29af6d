// The map as a picture: what the engine says is in sight, drawn. Those who do not see it have the outline.

import type {VNode} from 'preact';
import type {MapNode, MapView} from '../engine';

interface Props {
  view: MapView;
  /** Whether what no test reaches looks different. */
  cover: boolean;
}

export function Picture({view, cover}: Props) {
  const covers = cover && view.hasTests;
  return (
    <>
      <path class="way" d={view.ways} />
      <path class="way across" d={view.across} />
      <path class="way gone" d={view.gone} />
      <path class="pattern" d={view.pattern} />
      {view.nodes.map((node) => drawn(node, view, covers))}
    </>
  );
}

/** The nodes as they were drawn last: one that has not changed is not looked at again. */
const known = new Map<number, {node: MapNode; covers: boolean; drawn: VNode}>();

function drawn(node: MapNode, view: MapView, covers: boolean): VNode {
  const before = known.get(node.id);
  if (before && before.covers === covers && isSame(before.node, node)) return before.drawn;
  const drawn = <Node key={node.id} node={node} width={view.nodeWidth} height={view.nodeHeight} covers={covers} />;
  if (known.size > 2000) known.clear();
  known.set(node.id, {node, covers, drawn});
  return drawn;
}

/** Whether two plain values say the same. */
export function isSame<Plain extends object>(one: Plain, other: Plain): boolean {
  for (const name in one) {
    if (one[name] !== other[name]) return false;
  }
  for (const name in other) {
    if (!(name in one)) return false;
  }
  return true;
}

interface NodeProps {
  node: MapNode;
  width: number;
  height: number;
  covers: boolean;
}

function Node({node, width, height, covers}: NodeProps) {
  const {x, y} = node;
  const marks = [node.here && 'here', node.visited && 'visited', node.selected && 'selected', node.found && 'found'];
  const classes = ['node', node.kind, ...marks, covers && !node.tested && 'untested'].filter(Boolean);
  return (
    <g class={classes.join(' ')} data-node={node.id} transform={`translate(${x} ${y})`}>
      {node.selected && (
        <rect class="ring" x={-5} y={-5} width={width + 10} height={height + 10} rx={node.kind === 'end' ? 25 : 11} />
      )}
      <rect class="box" width={width} height={height} rx={node.kind === 'end' ? 20 : 6} />
      <text class="title" x={9} y={17}>
        {node.here ? '● ' : ''}
        {node.title}
      </text>
      <text class="words" x={9} y={33}>
        {node.words}
      </text>
      {node.parent && (
        <g class="knob" data-knob={node.id} transform={`translate(${width} ${height / 2})`}>
          <circle r={node.hides > 0 ? 13 : 8} />
          <text y={4}>{node.hides > 0 ? `+${node.hides > 999 ? '…' : node.hides}` : '−'}</text>
          {node.hidesHere && <circle class="inside" cx={11} cy={-11} r={5} />}
        </g>
      )}
    </g>
  );
}
