// The pane of the source: hosts the editor, and lets it follow what is looked at elsewhere.

import {effect} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {Drafts} from '../engine';
import {opening} from '../opening';
import {addPane} from '../registry';
import {show} from '../shell/areas';
import {
  desk,
  draft,
  edited,
  editor,
  elsewhere,
  faults,
  heard,
  notice,
  preview,
  select,
  selection,
  told,
} from '../state';
import {openEditor} from './editor';

addPane({
  id: 'source',
  where: 'start',
  title: 'Source',
  Draw: Source,
  stays: true,
  order: 10,
  focus: () => editor.peek()?.focus(),
});

function Source() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const {id, source} = opening();
    const opened = openEditor(host.current, source, {
      onEdit(text) {
        elsewhere.value = undefined;
        edited.value = true;
        const now = desk.peek()?.edit(text);
        if (now) heard(now);
        const written = Drafts.write(id, text, now?.loads ?? false);
        draft.value = written.keeping;
        if (written.dropped > 0) notice.value = 'This browser has little room left: the oldest versions were dropped.';
      },
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
      faults.subscribe((faults) => opened.show(faults)),
      effect(() => {
        const here = preview.value?.here;
        const covered = told.value?.covered;
        // While the source does not load nodes have other numbers; the marks stay at their lines.
        if (!told.value?.loads) return;
        opened.mark({
          here: here === undefined ? undefined : desk.peek()?.whereIs(here)?.line,
          covered: covered?.lines ?? [],
          missed: covered?.missed ?? [],
        });
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
          The draft was changed in another tab.{' '}
          <button type="button" class="link" onClick={() => editor.peek()?.replace(elsewhere.peek() ?? '')}>
            Show that one here
          </button>
        </p>
      )}
      <div class="editor" ref={host} />
    </>
  );
}
