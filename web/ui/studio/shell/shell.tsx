// The page as panes: beside each other on a large screen; on a small one a pane at a time, with tabs at the bottom.

import {useLayoutEffect} from 'preact/hooks';
import {prefs} from '../prefs';
import {type Pane, tools, type Where} from '../registry';
import {area, panesIn, show, shown, used, visit} from './areas';
import {Ask} from './ask';
import {Palette} from './palette';
import {Separator} from './separator';
import {Shortcuts} from './shortcuts';
import {Status} from './status';

export function Shell() {
  const {start, end, below, theme} = prefs.value;
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const has = (where: Where) => used.value.includes(where);
  return (
    <div class="studio" style={{'--start': `${start}%`, '--end': `${end}%`, '--below': `${below}%`}}>
      <header class="top">
        <h1>
          <span class="mark" aria-hidden="true" />
          Studio
        </h1>
        {tools.value.map(({id, Draw}) => (
          <Draw key={id} />
        ))}
      </header>
      <main class="frame">
        <div class={has('middle') ? 'columns three' : 'columns'}>
          <Area where="start" />
          <Separator of="start" label="Width of the source" controls="area-start" />
          <Area where="middle" />
          {has('middle') && <Separator of="end" label="Width of the preview" controls="area-end" />}
          <Area where="end" />
        </div>
        {has('below') && <Separator of="below" label="Height of the lower panes" controls="area-below" />}
        <Area where="below" />
      </main>
      <Status />
      <nav class="switch" aria-label="Panes">
        {used.value.map((where) => (
          <button
            key={where}
            type="button"
            aria-pressed={area.value === where}
            onClick={(event) => {
              const id = shown(where)?.id ?? '';
              // A finger's press puts the focus nowhere: in a field to write in, it would call the keyboard over half the screen.
              if (event instanceof PointerEvent && event.pointerType === 'touch') show(id);
              else visit(id);
            }}
          >
            {NAMES[where]} <Badge panes={panesIn(where)} />
          </button>
        ))}
      </nav>
      <Palette />
      <Ask />
      <Shortcuts />
    </div>
  );
}

/** What the areas are called on a small screen. */
const NAMES: Record<Where, string> = {start: 'Edit', middle: 'Map', end: 'Preview', below: 'Problems'};

/** The panes of one place, behind tabs where there are several. */
function Area({where}: {where: Where}) {
  const here = panesIn(where);
  const now = shown(where);
  if (!now) return null;
  return (
    <div class={`area at-${where}`} id={`area-${where}`} data-shown={area.value === where}>
      {here.length > 1 && <Tabs panes={here} now={now} />}
      {here.map((pane) =>
        pane === now || pane.stays ? (
          <section
            key={pane.id}
            class={`pane ${pane.id}`}
            id={`pane-${pane.id}`}
            aria-label={pane.title}
            tabIndex={-1}
            hidden={pane !== now}
          >
            <pane.Draw />
          </section>
        ) : null,
      )}
    </div>
  );
}

function Tabs({panes, now}: {panes: Pane[]; now: Pane}) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = panes.indexOf(now) + step;
    const next = panes[(at + panes.length) % panes.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    show(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" onKeyDown={onKeyDown}>
      {panes.map((pane) => (
        <button
          key={pane.id}
          id={`tab-${pane.id}`}
          type="button"
          role="tab"
          aria-selected={pane === now}
          aria-controls={pane === now || pane.stays ? `pane-${pane.id}` : undefined}
          tabIndex={pane === now ? 0 : -1}
          onClick={() => show(pane.id)}
        >
          {pane.title} <Badge panes={[pane]} />
        </button>
      ))}
    </div>
  );
}

function Badge({panes}: {panes: Pane[]}) {
  const badges = panes.map((pane) => pane.badge?.()).filter((badge) => badge !== undefined);
  return badges[0] === undefined ? null : <span class="badge">{badges[0]}</span>;
}
