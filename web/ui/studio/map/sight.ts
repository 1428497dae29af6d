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

/** The edges of a part of the map, in its units. */
export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The nearest and the farthest that one can look from, and the farthest from which the words are read well. */
const NEAREST = 2.5;
const FARTHEST = 0.02;
export const READABLE = 0.75;

/** Room around what is to be seen, in the map's units. */
const MARGIN = 8;

/** A part of the map, as large as it fits: never larger than life, and never smaller than is allowed. */
export function fit(frame: Frame, pane: Size, least = FARTHEST): Sight {
  const width = frame.right - frame.left + 2 * MARGIN;
  const height = frame.bottom - frame.top + 2 * MARGIN;
  return centred(frame, pane, Math.max(least, Math.min(pane.width / width, pane.height / height, 1)));
}

/** A part of the map in the middle of the pane. */
function centred({left, top, right, bottom}: Frame, pane: Size, scale: number): Sight {
  return {x: (left + right - pane.width / scale) / 2, y: (top + bottom - pane.height / scale) / 2, scale};
}

/** How much of the map a pane has room for. */
export function room(pane: Size, scale: number): Size {
  return {width: pane.width / scale - 2 * MARGIN, height: pane.height / scale - 2 * MARGIN};
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

/** How far one may step back in order to see more: no farther than words are read well, and not from where one went to be near. */
export const farthest = (scale: number): number => (scale > 1 ? scale : Math.min(scale, READABLE));

/** The same sight where it shows what it must, else one that shows all that is wanted, from as near as before if it fits. */
export function showing(sight: Sight, must: Frame, all: Frame, pane: Size): Sight {
  const {x, y, scale} = sight;
  const isSeen =
    must.left >= x && must.top >= y && must.right <= x + pane.width / scale && must.bottom <= y + pane.height / scale;
  return isSeen ? sight : centred(all, pane, Math.min(scale, fit(all, pane, farthest(scale)).scale));
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
