// Moving the map by hand: one pointer drags it, two draw it nearer, the wheel moves it, and with Ctrl draws it nearer.

import {moved, type Sight, zoomed} from './sight';

/** How far a pointer may stray and still have pressed, in pixels. */
const STRAY = 4;

/** Listens on `element`. `change` gets the next sight made of the present one; `press` whatever was pressed. */
export function listen(
  element: SVGSVGElement,
  change: (next: (sight: Sight) => Sight) => void,
  press: (target: Element) => void,
): () => void {
  const down = new Map<number, {x: number; y: number}>();
  let strayed = false;
  let begun: {x: number; y: number} | undefined;

  const point = (event: PointerEvent | WheelEvent) => {
    const frame = element.getBoundingClientRect();
    return {x: event.clientX - frame.left, y: event.clientY - frame.top};
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, point(event));
    strayed = down.size > 1;
    begun = point(event);
  };
  const onMove = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const now = point(event);
    if (begun && Math.hypot(now.x - begun.x, now.y - begun.y) > STRAY && !strayed) {
      strayed = true;
      element.setPointerCapture(event.pointerId);
    }
    if (!strayed) return;
    down.set(event.pointerId, now);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) {
      change((sight) => moved(sight, {x: now.x - before.x, y: now.y - before.y}));
      return;
    }
    const distance = (from: {x: number; y: number}) => Math.max(1, Math.hypot(from.x - other.x, from.y - other.y));
    const factor = distance(now) / distance(before);
    change((sight) => zoomed(sight, factor, {x: (now.x + other.x) / 2, y: (now.y + other.y) / 2}));
  };
  const onUp = (event: PointerEvent) => {
    const was = down.delete(event.pointerId);
    if (was && !strayed && event.type === 'pointerup' && event.target instanceof Element) press(event.target);
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey) {
      change((sight) => zoomed(sight, Math.exp((-event.deltaY * unit) / 300), point(event)));
    } else {
      const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      change((sight) => moved(sight, {x: -x * unit, y: -y * unit}));
    }
  };

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  element.addEventListener('wheel', onWheel, {passive: false});
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
    element.removeEventListener('wheel', onWheel);
  };
}
