// The pane of the conversation: it keeps its place whatever is edited.

import {useSignal} from '@preact/signals';
import {Conversation} from '../../shared/conversation';
import {addPane, looks} from '../registry';
import {desk, preview, turned} from '../state';

addPane({
  id: 'preview',
  where: 'end',
  title: 'Preview',
  Draw: Preview,
  order: 10,
  focus: () => document.querySelector<HTMLElement>('.pane.preview .composer input')?.focus(),
});

/** What the author does in the conversation. */
const act = {
  send: (text: string) => then(() => desk.peek()?.send(text)),
  tap: (code: string, title: string) => then(() => desk.peek()?.tap(code, title)),
  back: () => then(() => desk.peek()?.back()),
  restart: () => then(() => desk.peek()?.restart()),
};

function then(action: () => void): void {
  action();
  turned();
}

function Preview() {
  const look = useSignal('web');
  const view = preview.value?.view;
  if (!view) return null;
  const other = looks.value.find(({id}) => id === look.value);
  return (
    <div class={view.stale ? 'stale' : undefined}>
      {looks.value.length > 0 && (
        <label class="look">
          Preview as{' '}
          <select value={look.value} onChange={(event) => (look.value = event.currentTarget.value)}>
            <option value="web">Web</option>
            {looks.value.map(({id, title}) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {view.stale && (
        <p class="notice" role="status">
          {view.ready
            ? 'The source has errors. This is its last version that works.'
            : 'The source has errors. The conversation appears once they are mended.'}
        </p>
      )}
      {view.ready && (other ? <other.Draw /> : <Conversation view={view} act={act} />)}
    </div>
  );
}
