// What stands in the bar at the top.

import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {opening} from './opening';
import {prefer, prefs, type Theme} from './prefs';
import {addCommands, addTool} from './registry';
import {visit} from './shell/areas';
import {dialog} from './shell/dialog';
import {spell} from './shell/keys';
import {editor} from './state';

addTool({id: 'put-back', order: 20, Draw: PutBack});
addTool({id: 'find', order: 80, Draw: Find});
addTool({id: 'theme', order: 85, Draw: ThemeChoice});
addTool({id: 'help', order: 88, Draw: Help});
addTool({id: 'chat', order: 90, Draw: () => <a href={`./index.html#tree=${opening().tree}`}>Chat</a>});

addCommands(
  {id: 'to-source', title: 'Go to the source', keys: 'Alt-1', run: () => visit('source')},
  {id: 'to-preview', title: 'Go to the preview', keys: 'Alt-3', run: () => visit('preview')},
  {id: 'to-problems', title: 'Go to the problems', keys: 'Alt-4', run: () => visit('problems')},
  ...(['system', 'light', 'dark'] as const).map((theme) => ({
    id: `theme-${theme}`,
    title: theme === 'system' ? 'Colours as the system has them' : `${theme === 'dark' ? 'Dark' : 'Light'} colours`,
    run: () => prefer({theme}),
  })),
);

function Find() {
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        dialog.value = 'palette';
      }}
    >
      Find <kbd>{spell('Mod-k')}</kbd>
    </button>
  );
}

function Help() {
  return (
    <button
      type="button"
      class="quiet"
      aria-label="Keyboard shortcuts"
      onClick={() => {
        dialog.value = 'shortcuts';
      }}
    >
      ?
    </button>
  );
}

function ThemeChoice() {
  return (
    <label class="theme">
      <span class="hidden">Colours</span>
      <select value={prefs.value.theme} onChange={(event) => prefer({theme: event.currentTarget.value as Theme})}>
        <option value="system">As the system</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

/** Puts the published tree in place of the draft, once the author has said so twice. */
function PutBack() {
  const asking = useSignal(false);
  const offer = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  // The button that was pressed is gone: the focus goes to what took its place, never nowhere.
  useEffect(() => {
    if (asking.value) keep.current?.focus();
    else if (wasAsking.current) offer.current?.focus();
    wasAsking.current = asking.value;
  }, [asking.value]);
  if (!asking.value) {
    return (
      <button
        ref={offer}
        type="button"
        class="link"
        onClick={() => {
          asking.value = true;
        }}
      >
        Put the published tree back
      </button>
    );
  }
  const close = (confirmed: boolean) => {
    asking.value = false;
    if (confirmed) editor.peek()?.replace(opening().published);
  };
  return (
    <span>
      Your draft is lost then.{' '}
      <button type="button" class="link" onClick={() => close(true)}>
        Replace my draft
      </button>{' '}
      <button ref={keep} type="button" class="link" onClick={() => close(false)}>
        Keep it
      </button>
    </span>
  );
}
