// The Studio as a function of its state.

import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import type {Fault, Kept, View} from '../shared/bot';
import {Conversation} from '../shared/conversation';
import {type Editor, openEditor} from './editor';
import type {State, StudioActions} from './state';

interface Props {
  state: State;
  act: StudioActions | undefined;
  /** The name of the tree. */
  tree: string;
  /** What the editor opens with. */
  source: string;
  /** The tree as it is published. */
  published: string;
}

export function Studio({state, act, tree, source, published}: Props) {
  switch (state.phase) {
    case 'loading':
      return null;
    case 'failed':
      return (
        <Sorry title="The Studio could not be loaded" text="Your draft is not lost. Reload the page to try again." />
      );
    case 'stopped':
      return <Sorry title="The engine stopped" text="Your draft is kept. Reload the page to go on." />;
    case 'ready':
      return act && state.view ? (
        <Page state={state} view={state.view} act={act} tree={tree} source={source} published={published} />
      ) : null;
  }
}

interface PageProps extends Props {
  view: View;
  act: StudioActions;
}

function Page({state, view, act, tree, source, published}: PageProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  useEffect(() => {
    if (!host.current) return;
    const opened = openEditor(host.current, source, (text) => opened.show(act.edit(text)));
    opened.show(state.kept?.analysis.faults ?? []);
    editor.current = opened;
  }, []);
  return (
    <div class="studio">
      <header class="top">
        <h1>
          <span class="mark" aria-hidden="true" />
          Studio
        </h1>
        <p>{DRAFT[state.draft]}</p>
        <span class="space" />
        <PutBack onConfirm={() => editor.current?.replace(published)} />
        <a href={`./index.html#tree=${tree}`}>Chat</a>
      </header>
      <main class="source" aria-label="Source">
        {state.elsewhere !== undefined && (
          <p class="notice" role="status">
            The draft was changed in another tab.{' '}
            <button type="button" class="link" onClick={() => editor.current?.replace(state.elsewhere ?? '')}>
              Show that one here
            </button>
          </p>
        )}
        <div class="editor" ref={host} />
      </main>
      <section class={view.stale ? 'preview stale' : 'preview'} aria-label="Preview">
        <h2 class="pane">Preview</h2>
        {view.stale && (
          <p class="notice" role="status">
            {view.ready
              ? 'The source has errors. This is its last version that works.'
              : 'The source has errors. The conversation appears once they are mended.'}
          </p>
        )}
        {view.ready && <Conversation view={view} act={act} />}
      </section>
      <section class="status" aria-label="Problems">
        <p class="summary" role="status">
          <span>{count(state.kept)}</span>
          {view.canGoBack && !view.stale && state.edited && state.kept && state.kept.answers > 0 && (
            <span>
              Kept your conversation ({state.kept.kept} of {state.kept.answers} answers).
            </span>
          )}
        </p>
        <Problems faults={state.kept?.analysis.faults ?? []} editor={editor} />
      </section>
    </div>
  );
}

/** Puts the published tree in place of the draft, once the author has said so twice. */
function PutBack({onConfirm}: {onConfirm: () => void}) {
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
      <button ref={offer} type="button" class="link" onClick={() => (asking.value = true)}>
        Put the published tree back
      </button>
    );
  }
  const close = (confirmed: boolean) => {
    asking.value = false;
    if (confirmed) onConfirm();
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

function Problems({faults, editor}: {faults: Fault[]; editor: {current: Editor | undefined}}) {
  if (faults.length === 0) return null;
  return (
    <ol class="problems">
      {faults.map((fault) => (
        <li key={`${fault.from}-${fault.code}`}>
          <button type="button" class="where" onClick={() => editor.current?.select(fault.from, fault.to)}>
            <span class={fault.severity}>{fault.severity === 'error' ? 'Error' : 'Warning'}</span>{' '}
            <span class="line">line {fault.line}</span> {fault.message}
          </button>
          {fault.fixes.map((fix) => (
            <button key={fix.title} type="button" class="link" onClick={() => editor.current?.mend(fix.edits)}>
              {fix.title}
            </button>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Sorry({title, text}: {title: string; text: string}) {
  return (
    <main class="plain">
      <h1>{title}</h1>
      <p role="alert">{text}</p>
      <p>
        <button type="button" class="send" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </main>
  );
}

function count(kept: Kept | undefined): string {
  const faults = kept?.analysis.faults ?? [];
  if (faults.length === 0) return 'No problems.';
  return faults.length === 1 ? '1 problem.' : `${faults.length} problems.`;
}

const DRAFT: Record<State['draft'], string> = {
  kept: 'Your draft stays in this browser.',
  blocked: 'This browser does not let the page keep anything: your draft is lost when you close it.',
  full: 'This browser has no room left: your newest changes are lost when you close it.',
  damaged: '',
  newer: '',
};
