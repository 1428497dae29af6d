// Handing a tree on: a link that holds all of it, in the forms that people paste, or a file.

import {useSignal} from '@preact/signals';
import {useRef} from 'preact/hooks';
import {download} from '../download';
import type {Snippets} from '../engine';
import {fileName} from '../files/file';
import {addCommands, addTool} from '../registry';
import {Close, Dialog, dialog} from '../shell/dialog';
import {desk, editor, preview} from '../state';

addTool({id: 'share', order: 40, Draw: Share});
addCommands({id: 'share', title: 'Share: a link, Markdown, a snippet for a page, a file', run: open});

function open(): void {
  dialog.value = 'share';
}

function Share() {
  return (
    <>
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={open}>
        Share
      </button>
      <Dialog name="share" label="Share">
        <Forms />
      </Dialog>
    </>
  );
}

function Forms() {
  const withConversation = useSignal(false);
  const {begun = false, stale = false} = preview.value?.view ?? {};
  const made = make(withConversation.value && begun);
  return (
    <div class="share">
      <h2>Share</h2>
      <p>The whole tree is in the link itself. Whoever opens it gets a copy; later changes of yours are not in it.</p>
      {begun && (
        <label class="check">
          <input
            type="checkbox"
            checked={withConversation.value}
            onChange={(event) => {
              withConversation.value = event.currentTarget.checked;
            }}
          />{' '}
          With this conversation, and everything that was typed in it
        </label>
      )}
      {stale && (
        <p class="notice">
          The source has errors, and they are in the link.{' '}
          {begun && withConversation.value
            ? 'The conversation goes on over the last version that works, so that is in it, too.'
            : 'Whoever opens it has no conversation until they are mended.'}
        </p>
      )}
      {made.links ? (
        <>
          <Form name="Link" text={made.links.link} />
          <Form name="Markdown" text={made.links.markdown} />
          <Form name="Embed snippet" text={made.links.embed} />
        </>
      ) : (
        <p class="notice" role="alert">
          {made.problem}
        </p>
      )}
      <p class="ends">
        <button
          type="button"
          class="quiet"
          onClick={() => download(editor.peek()?.source() ?? '', 'application/yaml', fileName())}
        >
          Save the file
        </button>
        <Close />
      </p>
    </div>
  );
}

function make(withConversation: boolean): {links?: Snippets | undefined; problem?: string} {
  const page = `${location.origin}${location.pathname}`;
  try {
    return {links: desk.peek()?.links(page, withConversation)};
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)};
  }
}

function Form({name, text}: {name: string; text: string}) {
  const field = useRef<HTMLInputElement>(null);
  const said = useSignal('');
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'Copied';
    } catch {
      said.value = 'Selected: copy it with the keyboard';
    }
  };
  return (
    <div class="form">
      <label>
        {name} <span class="count">{text.length} characters</span>
        <input ref={field} type="text" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button type="button" class="quiet" aria-label={`Copy: ${name}`} onClick={copy}>
        Copy
      </button>
      <span role="status">{said.value}</span>
    </div>
  );
}
