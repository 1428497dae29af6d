// The conversation in time: a moment for each place where it has stood.

import {command} from '../registry';
import {preview} from '../state';
import {act, canRedo, canUndo} from './act';

export function Scrubber() {
  const {moment = 0, moments = 1, view} = preview.value ?? {};
  return (
    <div class="scrubber">
      <button
        type="button"
        class="quiet"
        disabled={!canUndo()}
        aria-label="Undo in the conversation"
        onClick={act.undo}
      >
        <span aria-hidden="true">↶</span>
      </button>
      <input
        type="range"
        aria-label="Moment of the conversation"
        aria-valuetext={`${moment + 1} of ${moments}: ${view?.question ?? ''}`}
        min={0}
        max={moments - 1}
        value={moment}
        disabled={moments < 2}
        onInput={(event) => act.seek(event.currentTarget.valueAsNumber)}
      />
      <button
        type="button"
        class="quiet"
        disabled={!canRedo()}
        aria-label="Redo in the conversation"
        onClick={act.redo}
      >
        <span aria-hidden="true">↷</span>
      </button>
      <span class="count" aria-hidden="true">
        {moment + 1}/{moments}
      </span>
      <button type="button" class="quiet" onClick={() => command('record')}>
        <span aria-hidden="true">●</span> Record test
      </button>
    </div>
  );
}
