// Which part of the map is looked at, and how near. Plain values: the pane holds one of them.

export interface Size {
  width: number;
  height: number;
}

/** The upper left corner that is seen, in the map's units, and how many pixels one of them has. */
export interface Sight {
  x: number;
  y: number;
  scale: number;
}

export interface Corner {
  x: number;
  y: number;
}

/** The nearest and the farthest that one can look from. */
const NEAREST = 2.5;
const FARTHEST = 0.02;

/** Room around everything, in the map's units. */
const MARGIN = 24;

/** The whole map, as large as it fits and never larger than life. */
export function fit(map: Size, pane: Size): Sight {
  const scale = Math.min(pane.width / (map.width + 2 * MARGIN), pane.height / (map.height + 2 * MARGIN), 1);
  return centred({x: map.width / 2, y: map.height / 2}, pane, bounded(scale));
}

/** A point in the middle of the pane. */
export function centred(point: Corner, pane: Size, scale: number): Sight {
  return {x: point.x - pane.width / scale / 2, y: point.y - pane.height / scale / 2, scale};
}

/** Nearer or farther, where the point of the pane that is given (in pixels) stays where it is. */
export function zoomed(sight: Sight, factor: number, at: Corner): Sight {
  const scale = bounded(sight.scale * factor);
  return {
    x: sight.x + at.x / sight.scale - at.x / scale,
    y: sight.y + at.y / sight.scale - at.y / scale,
    scale,
  };
}

/** Further to the side, by pixels. */
export function moved(sight: Sight, by: Corner): Sight {
  return {...sight, x: sight.x - by.x / sight.scale, y: sight.y - by.y / sight.scale};
}

/** The same sight where it shows a node, else one that does. */
export function showing(sight: Sight, corner: Corner, node: Size, pane: Size): Sight {
  const right = sight.x + pane.width / sight.scale;
  const lower = sight.y + pane.height / sight.scale;
  const seen =
    corner.x >= sight.x && corner.y >= sight.y && corner.x + node.width <= right && corner.y + node.height <= lower;
  if (seen) return sight;
  return centred({x: corner.x + node.width / 2, y: corner.y + node.height / 2}, pane, sight.scale);
}

/** The part of the map that is asked for: what is seen and as much around it, in steps, so that few moves ask anew. */
export function around(sight: Sight, pane: Size): {left: number; top: number; right: number; bottom: number} {
  const width = pane.width / sight.scale;
  const height = pane.height / sight.scale;
  const left = Math.floor(sight.x / width) * width;
  const top = Math.floor(sight.y / height) * height;
  return {left: left - width / 2, top: top - height / 2, right: left + 2.5 * width, bottom: top + 2.5 * height};
}

const bounded = (scale: number) => Math.min(NEAREST, Math.max(FARTHEST, scale));
