// The pane of the map: a picture of the tree and its outline, which follow the source and the conversation. What is
// shown and where it stands is the engine's to say.

import {signal, useSignal} from '@preact/signals';
import {useEffect, useLayoutEffect, useRef} from 'preact/hooks';
import {jump} from '../editor/actions';
import type {Desk, MapView} from '../engine';
import {prefer, prefs} from '../prefs';
import {addCommands, addPane} from '../registry';
import {visit} from '../shell/areas';
import {desk, edited, preview, select, selection, told} from '../state';
import {Outline} from './outline';
import {Picture} from './picture';
import {listen} from './pointer';
import {save} from './save';
import {around, type Frame, farthest, fit, READABLE, room, type Sight, type Size, showing, zoomed} from './sight';

addPane({
  id: 'map',
  where: 'middle',
  title: 'Map',
  Draw: MapPane,
  order: 10,
  focus: () => document.querySelector<HTMLElement>('.pane.map [role="tree"]')?.focus(),
});
addCommands(
  {id: 'to-map', title: 'Go to the map', keys: 'Alt-2', run: () => visit('map')},
  {id: 'map-picture', title: 'Save the map as a picture (SVG)', run: save},
  {
    id: 'map-list',
    title: 'The map as a list, or as a picture again',
    run: () => {
      prefer({list: !prefs.peek().list});
      visit('map');
    },
  },
  {id: 'map-fit', title: 'The map: fit all of it in', run: () => onMap((map) => map.fitAll())},
  {id: 'map-more', title: 'The map: show more levels', run: () => onMap((map) => map.levels(true))},
  {id: 'map-fewer', title: 'The map: show fewer levels', run: () => onMap((map) => map.levels(false))},
);

/** What can be done with the map, while it is there. */
let map: {fitAll: () => void; levels: (more: boolean) => void} | undefined;

/** Does something with the map once it is shown: on a small screen it has no size before. */
function onMap(what: (now: NonNullable<typeof map>) => void): void {
  visit('map');
  requestAnimationFrame(() => requestAnimationFrame(() => map && what(map)));
}

/** Counts what was opened and closed: the engine keeps which. */
const turns = signal(0);

/** Whether what no test reaches looks different. */
const cover = signal(true);

function MapPane() {
  const now = desk.value;
  return now && told.value ? <TheMap desk={now} /> : null;
}

function TheMap({desk}: {desk: Desk}) {
  const frame = useRef<HTMLDivElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const size = useSignal<Size>({width: 0, height: 0});
  const sight = useSignal<Sight | undefined>(undefined);
  // All that it is drawn of.
  told.value;
  preview.value;
  turns.value;
  const selected = selection.value;
  desk.mapSelect(selected?.node);

  const pane = size.value;
  if (pane.height > 0) desk.mapBegin(room(pane, READABLE).height);
  const here = desk.mapHere();
  const seen = sight.value ?? first(desk, selected?.node ?? here ?? 0, pane);
  const part = around(seen, pane);
  const view = desk.map(part.left, part.top, part.right, part.bottom);
  const at = selected?.node ?? here ?? 0;

  useLayoutEffect(() => {
    const host = frame.current;
    if (!host) return;
    const measure = () => {
      const {clientWidth: width, clientHeight: height} = host;
      if (width !== size.peek().width || height !== size.peek().height) size.value = {width, height};
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host);
    return () => observer.disconnect();
  }, [prefs.value.list]);

  // What is looked at elsewhere comes into sight; and so does the place where the conversation has gone, with what can
  // be answered there.
  const wanted = useRef('');
  useLayoutEffect(() => {
    if (pane.width === 0) return;
    const asked = selected ? `${selected.node} ${selected.by}` : '';
    const isAsked = selected !== undefined && asked !== wanted.current;
    wanted.current = asked;
    const target = isAsked || edited.peek() ? selected?.node : (here ?? selected?.node);
    const alone = target === undefined ? undefined : frameOf(desk, target, 0, 0);
    const {width, height} = room(pane, farthest(seen.scale));
    const all = alone && target !== undefined && frameOf(desk, target, width, height);
    sight.value = all ? showing(seen, target === here ? all : alone, all, pane) : seen;
  }, [selected, here, pane.width]);

  /** Opens or closes something, while a node stays where it is on the screen. */
  const hold = (node: number, change: () => void) => {
    const before = frameOf(desk, node, 0, 0);
    change();
    const after = frameOf(desk, node, 0, 0);
    if (before && after) {
      sight.value = {...seen, x: seen.x + after.left - before.left, y: seen.y + after.top - before.top};
    }
    turns.value += 1;
  };
  const toggle = (node: number) => hold(node, () => desk.mapToggle(node));
  const zoom = (factor: number) => {
    sight.value = zoomed(seen, factor, {x: pane.width / 2, y: pane.height / 2});
  };
  const fitAll = () => {
    sight.value = fit(whole(view), pane);
  };
  const levels = (more: boolean) => hold(at, () => desk.mapLevels(more));
  map = {fitAll, levels};
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') jump(at);
    else if (event.key === ' ') toggle(at);
    else if (event.key === '+') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fitAll();
    else if (/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key)) {
      hold(at, () => select(desk.mapKey(at, event.key), 'map'));
    } else return;
    event.preventDefault();
  };
  const press = (node: number) => {
    select(node, 'map');
    tree.current?.focus({preventScroll: true});
  };

  return (
    <>
      <Bar desk={desk} view={view} at={selected?.node} zoom={zoom} fitAll={fitAll} levels={levels} />
      <div class="sheet" ref={frame} data-cover={cover.value}>
        {!prefs.value.list && (
          <Sheet
            view={view}
            seen={seen}
            pane={pane}
            change={(next) => {
              sight.value = next(sight.peek() ?? seen);
            }}
            press={(target) => {
              const knob = target.closest<SVGElement>('[data-knob]')?.dataset.knob;
              const node = target.closest<SVGElement>('[data-node]')?.dataset.node;
              if (knob !== undefined) toggle(Number(knob));
              else if (node !== undefined) press(Number(node));
              else tree.current?.focus({preventScroll: true});
            }}
          />
        )}
        <Outline
          desk={desk}
          at={at}
          list={prefs.value.list}
          tree={tree}
          onKeyDown={onKeyDown}
          onPress={press}
          onJump={jump}
          onToggle={toggle}
        />
      </div>
      <Legend view={view} />
    </>
  );
}

/** Where one looks first: at everything, if it can be read so; else at the place of the conversation and around it. */
function first(desk: Desk, node: number, pane: Size): Sight {
  const all = fit(whole(desk.map(0, 0, 0, 0)), pane);
  const {width, height} = room(pane, READABLE);
  const frame = all.scale < READABLE && pane.width > 0 && frameOf(desk, node, width, height);
  return frame ? fit(frame, pane, READABLE) : all;
}

/** What is best seen together with a node, where there is so much room. */
function frameOf(desk: Desk, node: number, width: number, height: number): Frame | undefined {
  const edges = desk.mapFrame(node, width, height);
  if (!edges) return undefined;
  const [left = 0, top = 0, right = 0, bottom = 0] = edges;
  return {left, top, right, bottom};
}

const whole = ({width, height}: MapView) => ({left: 0, top: 0, right: width, bottom: height});

interface SheetProps {
  view: MapView;
  seen: Sight;
  pane: Size;
  change: (next: (sight: Sight) => Sight) => void;
  press: (target: Element) => void;
}

function Sheet({view, seen, pane, change, press}: SheetProps) {
  const svg = useRef<SVGSVGElement>(null);
  const act = useRef({change, press});
  act.current = {change, press};
  useEffect(() => {
    if (!svg.current) return;
    return listen(
      svg.current,
      (next) => act.current.change(next),
      (target) => act.current.press(target),
    );
  }, []);
  const onDblClick = (event: MouseEvent) => {
    const node =
      event.target instanceof Element ? event.target.closest<SVGElement>('[data-node]')?.dataset.node : undefined;
    const knob = event.target instanceof Element && event.target.closest('[data-knob]');
    if (node !== undefined && !knob) jump(Number(node));
  };
  const far = seen.scale < 0.28 ? ' far' : seen.scale < 0.5 ? ' away' : '';
  return (
    <svg
      ref={svg}
      class={`picture${far}`}
      aria-hidden="true"
      focusable="false"
      viewBox={`${seen.x} ${seen.y} ${Math.max(pane.width, 1) / seen.scale} ${Math.max(pane.height, 1) / seen.scale}`}
      onDblClick={onDblClick}
    >
      <Picture view={view} cover={cover.value} />
    </svg>
  );
}

interface BarProps {
  desk: Desk;
  view: MapView;
  at: number | undefined;
  zoom: (factor: number) => void;
  fitAll: () => void;
  levels: (more: boolean) => void;
}

function Bar({desk, view, at, zoom, fitAll, levels}: BarProps) {
  const text = useSignal('');
  const find = (typed: string) => {
    text.value = typed;
    desk.mapFind(typed);
    turns.value += 1;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const next = desk.mapNext(at, event.shiftKey);
    if (next !== undefined) select(next, 'map');
  };
  return (
    <div class="bar">
      <input
        type="search"
        aria-label="Find on the map"
        placeholder="Find"
        value={text.value}
        onInput={(event) => find(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" class={text.value === '' ? 'hidden' : undefined}>
        {text.value === '' ? '' : `${view.found} found`}
      </span>
      <button type="button" class="quiet" aria-label="Nearer" onClick={() => zoom(1.25)}>
        +
      </button>
      <button type="button" class="quiet" aria-label="Farther" onClick={() => zoom(0.8)}>
        −
      </button>
      <button type="button" class="quiet" onClick={fitAll}>
        Fit
      </button>
      <button type="button" class="quiet" aria-label="Fewer levels" onClick={() => levels(false)}>
        Fewer
      </button>
      <button type="button" class="quiet" aria-label="More levels" onClick={() => levels(true)}>
        More
      </button>
      <button
        type="button"
        class="quiet"
        aria-pressed={prefs.value.list}
        onClick={() => prefer({list: !prefs.value.list})}
      >
        List
      </button>
      <button type="button" class="quiet" onClick={save}>
        SVG
      </button>
    </div>
  );
}

function Legend({view}: {view: MapView}) {
  return (
    <p class="legend">
      <span>● here</span> <span class="thick">visited</span>{' '}
      {view.hasTests && (
        <label>
          <input
            type="checkbox"
            checked={cover.value}
            onChange={(event) => {
              cover.value = event.currentTarget.checked;
            }}
          />{' '}
          <span class="dashed">no test comes here</span>
        </label>
      )}{' '}
      <span class="count">
        {view.shown === view.all ? `${view.all} nodes` : `${view.shown} of ${view.all} nodes shown`}
      </span>
    </p>
  );
}
