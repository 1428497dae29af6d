// The pane of the source: hosts the editor, and lets it follow what is looked at elsewhere.

import {batch, effect} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {Told} from '../engine';
import {file, openFile, replace} from '../files/file';
import {keepSoon, leaveElsewhere} from '../files/keep';
import {opening} from '../opening';
import {addPane} from '../registry';
import {show} from '../shell/areas';
import {desk, edited, editor, elsewhere, heard, preview, select, selection, told} from '../state';
import {definition} from './actions';
import {type Heard, openEditor} from './editor';

addPane({
  id: 'source',
  where: 'start',
  title: 'Source',
  Draw: Source,
  stays: true,
  order: 10,
  focus: () => editor.peek()?.focus(),
});

/** Opens a file that was dropped here. */
function dropped(event: DragEvent): void {
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  event.preventDefault();
  event.stopPropagation();
  openFile(file);
}

/** Takes in the draft of the other tab. What is here goes among the versions. */
function showThat(): void {
  const theirs = elsewhere.peek();
  elsewhere.value = undefined;
  if (theirs !== undefined) replace(theirs, 'This is the draft of the other tab.');
}

/** What the editor shows of what the engine says. */
function heardOf({loads, faults}: Told, here: number | undefined): Heard {
  // While the source does not load nodes have other numbers; the marks stay at their lines.
  if (!loads) return {loads, faults, marks: undefined};
  const engine = desk.peek();
  const line = here === undefined ? undefined : engine?.whereIs(here)?.line;
  return {loads, faults, marks: {here: line, lines: engine?.lines() ?? new Int32Array()}};
}

function Source() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const {source} = opening();
    // Before the editor, which would put the text of a file where it is dropped.
    host.current.addEventListener('drop', dropped, {capture: true});
    // What the engine said of the newest edit, and is shown already.
    let now: Told | undefined;
    const opened = openEditor(host.current, source, {
      onEdit({part, whole}) {
        const engine = desk.peek();
        now = (part && engine?.editPart(part.from, part.to, part.insert)) ?? engine?.edit(whole());
        return now && heardOf(now, now.preview.here);
      },
      onShown() {
        batch(() => {
          edited.value = true;
          if (now) heard(now);
          keepSoon(opened.source, now?.loads ?? false);
        });
      },
      // What was there before may be no part of the file that is open.
      onExchanged() {
        file.value = undefined;
      },
      onFollow: (offset) => definition(offset),
      onMove: (offset) => select(desk.peek()?.nodeAt(offset), 'source'),
    });
    editor.value = {
      ...opened,
      goTo(from, to) {
        show('source');
        // On a small screen the pane has to appear first.
        if (opened.isShown()) opened.goTo(from, to);
        else requestAnimationFrame(() => opened.goTo(from, to));
      },
    };
    const stops = [
      effect(() => {
        const all = told.value;
        const speech = preview.value;
        if (all && (all !== now || speech !== all.preview)) opened.hear(heardOf(all, speech?.here));
      }),
      selection.subscribe((selection) => {
        if (!selection || selection.by === 'source') return;
        const there = desk.peek()?.whereIs(selection.node);
        if (there) opened.point(there.from);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      editor.value = undefined;
      opened.close();
    };
  }, []);
  return (
    <>
      {elsewhere.value !== undefined && (
        <p class="notice" role="status">
          The draft was changed in another tab. Before you write over it here, that one is put among the versions.{' '}
          <button type="button" class="link" onClick={showThat}>
            Show that one here
          </button>{' '}
          <button type="button" class="link" onClick={leaveElsewhere}>
            Go on with this one
          </button>
        </p>
      )}
      <div class="editor" ref={host} />
    </>
  );
}
