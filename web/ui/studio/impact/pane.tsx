// The pane of the impact: what the present source does to people who are in a conversation over an earlier edition.

import {signal, useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {Effect, Effects} from '../engine';
import {textOf} from '../files/file';
import {versions} from '../files/versions';
import {addCommands, addPane} from '../registry';
import {visit} from '../shell/areas';
import {desk, editor, told} from '../state';
import {type Edition, editions} from './editions';

addPane({id: 'impact', where: 'below', title: 'Impact', Draw: Impact, order: 40});
addCommands({id: 'to-impact', title: 'Go to the impact of this edit', run: () => visit('impact')});

/** An edition with its source. */
interface Chosen extends Edition {
  text: string;
}

/** What was chosen stays so while other panes are looked at. */
const chosen = signal<Chosen | undefined>(undefined);
const file = signal<Edition | undefined>(undefined);

function Impact() {
  const now = told.value;
  const problem = useSignal<string | undefined>(undefined);
  const effects = useSignal<Effects | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const all = file.value ? [...editions(), file.value] : editions();
  const edition = chosen.value ?? withText(all[0]);
  // A version goes on being compared with where it is kept no more.
  if (edition && !all.some(({id}) => id === edition.id)) all.push(edition);

  useEffect(versions.refresh, []);
  // It may cost more than a keystroke has: that is drawn first.
  useEffect(() => {
    if (!edition || !now) return;
    const soon = setTimeout(() => {
      const wrong = desk.peek()?.compareWith(edition.text);
      problem.value = wrong && `${edition.title} does not load: ${wrong}`;
      effects.value = wrong ? undefined : desk.peek()?.effects(false);
    });
    return () => clearTimeout(soon);
  }, [now, edition?.id, edition?.text]);

  const open = async (picked: File | undefined) => {
    if (!picked) return;
    const text = await textOf(picked);
    if (text === undefined) return;
    file.value = {id: 'file', title: `the file ${picked.name}`, source: () => text};
    chosen.value = withText(file.value);
  };
  return (
    <div class="impact">
      <div class="bar">
        <label>
          Compared with{' '}
          <select
            value={edition?.id}
            onChange={(event) => {
              chosen.value = withText(all.find(({id}) => id === event.currentTarget.value)) ?? edition;
            }}
          >
            {all.map(({id, title}) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="quiet" onClick={() => input.current?.click()}>
          A file…
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".yaml,.yml"
          onChange={(event) => open(event.currentTarget.files?.[0])}
        />
      </div>
      {problem.value && (
        <p class="notice" role="alert">
          {problem.value}
        </p>
      )}
      {effects.value && (
        <WhatItDoes
          effects={effects.value}
          onAll={() => {
            effects.value = desk.peek()?.effects(true);
          }}
        />
      )}
    </div>
  );
}

function withText(edition: Edition | undefined): Chosen | undefined {
  const text = edition?.source();
  return edition && text !== undefined ? {...edition, text} : undefined;
}

function WhatItDoes({effects, onAll}: {effects: Effects; onAll: () => void}) {
  if (!effects.known) {
    return <p class="none">The source has errors. What it would do is told once they are mended.</p>;
  }
  return (
    <>
      <p class="sum" role="status">
        {effects.silent > 0 ? (
          <strong>
            {places(effects.silent)} {effects.silent === 1 ? 'lands' : 'land'} somewhere else, and nobody is told.
          </strong>
        ) : (
          'Nobody silently lands somewhere else.'
        )}{' '}
        Of {places(effects.places)}: {effects.counts.map(({label, places}) => `${places} ${label}`).join(', ')}.
      </p>
      {!effects.complete && (
        <p class="none">
          There are more places than were looked at.{' '}
          <button type="button" class="link" onClick={onAll}>
            Look at all
          </button>
        </p>
      )}
      <ol class="problems">
        {effects.rows.map((effect) => (
          <Row key={`${effect.outcome} ${effect.sentence}`} effect={effect} />
        ))}
      </ol>
      {effects.more > 0 && <p class="none">And {effects.more} more.</p>}
    </>
  );
}

function Row({effect}: {effect: Effect}) {
  const tone = effect.silent ? 'error' : effect.outcome === 'elsewhere' ? 'warning' : 'fine';
  return (
    <li>
      <button type="button" class="where" onClick={() => editor.peek()?.goTo(effect.from, effect.from)}>
        <span class={tone}>{effect.label}</span> {effect.sentence}
      </button>
    </li>
  );
}

const places = (count: number) => (count === 1 ? '1 place' : `${count} places`);
