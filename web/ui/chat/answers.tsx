// "Your answers": what stands, with a way to change each.

import {useRef, useState} from 'preact/hooks';
import type {View} from '../shared/bot';
import {focusReplies} from '../shared/conversation';
import {ChangeOf} from '../shared/turns';
import {useBeside} from './menu';
import {Share} from './share';
import type {ChatActions} from './state';

interface Props {
  view: View;
  act: ChatActions;
  tree: string;
  /** Whether there is room for them beside the conversation; else they open at a press. */
  wide: boolean;
}

export function Answers({view, act, tree, wide}: Props) {
  const [open, setOpen] = useState(false);
  const aside = useRef<HTMLElement>(null);
  const close = () => setOpen(false);
  useBeside(aside, close);
  const {answers} = view;
  if (wide) {
    return (
      <aside class="aside" aria-label="Your answers">
        <List view={view} act={act} />
        {answers.length > 0 && view.kind !== 'end' && <Share view={view} act={act} tree={tree} />}
      </aside>
    );
  }
  if (answers.length === 0) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    close();
    aside.current?.querySelector('button')?.focus({preventScroll: true});
  };
  return (
    <aside class="aside" aria-label="Your answers" ref={aside} onKeyDown={onKeyDown}>
      <button type="button" class="toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>
          {view.kind === 'end' ? 'Result' : `Step ${answers.length + 1}`} · Your answers ({answers.length})
        </span>
        <span aria-hidden="true">{open ? '▴' : '▾'}</span>
      </button>
      {open && (
        <div class="opened">
          <List view={view} act={act} onLeave={close} />
          {view.kind !== 'end' && <Share view={view} act={act} tree={tree} />}
        </div>
      )}
    </aside>
  );
}

function List({view, act, onLeave}: {view: View; act: ChatActions; onLeave?: () => void}) {
  const {answers} = view;
  const change = (step: number) => {
    act.change(step);
    onLeave?.();
    focusReplies();
  };
  return (
    <div class="answers">
      <h2>Your answers</h2>
      {answers.length === 0 ? (
        <p class="soft">They appear here. You can change any of them.</p>
      ) : (
        <>
          <p class="soft">You can change any answer. Later answers are kept where they still apply.</p>
          <ol>
            {answers.map((given, step) => (
              <li key={step} aria-current={view.changing?.step === step ? 'step' : undefined}>
                <span class="asked" dir="auto" lang={view.lang}>
                  {given.question}
                </span>
                <span class="given" dir="auto" lang={view.lang}>
                  {given.answer}
                </span>
                <button type="button" class="link" onClick={() => change(step)}>
                  <ChangeOf question={given.question} lang={view.lang} />
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
