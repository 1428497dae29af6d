// What stands between two panes: it is dragged, or moved by the arrow keys.

import {useRef} from 'preact/hooks';
import {LIMITS, prefer, prefs} from '../prefs';

interface Props {
  /** The size that it changes. */
  of: 'start' | 'end' | 'below';
  /** For those who listen. */
  label: string;
  /** The id of the pane whose size that is. */
  controls: string;
}

/** How far a key moves it, in percent. */
const STEP = 2;

export function Separator({of, label, controls}: Props) {
  const self = useRef<HTMLDivElement>(null);
  const [least, most] = LIMITS[of];
  const size = prefs.value[of];
  const vertical = of !== 'below';
  const to = (size: number) => prefer({[of]: Math.min(most, Math.max(least, Math.round(size * 10) / 10))});

  const onKeyDown = (event: KeyboardEvent) => {
    const grow = grows(event.key, of, self.current);
    if (grow !== 0) to(size + grow * STEP);
    else if (event.key === 'Home') to(least);
    else if (event.key === 'End') to(most);
    else return;
    event.preventDefault();
  };

  const onPointerMove = (event: PointerEvent) => {
    const frame = self.current?.parentElement?.getBoundingClientRect();
    if (!frame || !self.current?.hasPointerCapture(event.pointerId)) return;
    const across = (event.clientX - frame.left) / frame.width;
    const share = isMirrored(self.current) ? 1 - across : across;
    if (of === 'start') to(share * 100);
    if (of === 'end') to((1 - share) * 100);
    if (of === 'below') to(((frame.bottom - event.clientY) / frame.height) * 100);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a line cannot be moved
    <div
      ref={self}
      class={`separator of-${of}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}

/** Whether a key makes the pane larger (1), smaller (-1), or neither. */
function grows(key: string, of: Props['of'], element: HTMLElement | null): number {
  if (of === 'below') return key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0;
  const right = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const onwards = isMirrored(element) ? -right : right;
  return of === 'start' ? onwards : -onwards;
}

const isMirrored = (element: HTMLElement | null) => element !== null && getComputedStyle(element).direction === 'rtl';
