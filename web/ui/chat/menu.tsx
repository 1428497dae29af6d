// The page's menu: its colours, the other advisors, and deleting what is kept.

import type {ComponentChildren, RefObject} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {focusReplies} from '../shared/conversation';
import type {OtherTree} from './opening';
import type {ChatActions} from './state';
import {setTheme, THEMES, type Theme, theme} from './theme';

export function Menu({others, act}: {others: OtherTree[]; act: ChatActions}) {
  const [, setChosen] = useState(theme);
  const choose = (theme: Theme) => {
    setTheme(theme);
    setChosen(theme);
  };
  return (
    <Drop name="Menu">
      <fieldset>
        <legend>Colours</legend>
        {THEMES.map(({value, name}) => (
          <label key={value} class="tick">
            <input type="radio" name="theme" value={value} checked={theme() === value} onChange={() => choose(value)} />
            {name}
          </label>
        ))}
      </fieldset>
      {others.length > 0 && (
        <>
          <h2>Other advisors</h2>
          <ul>
            {others.map((other) => (
              <li key={other.id}>
                <a href={other.address} lang={other.lang}>
                  {other.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <button
        type="button"
        class="quiet"
        onClick={(event) => {
          event.currentTarget.closest('details')?.removeAttribute('open');
          focusReplies();
          act.clear(true);
        }}
      >
        Delete everything kept in this browser
      </button>
    </Drop>
  );
}

interface DropProps {
  name: string;
  /** The class of what is pressed. */
  look?: string;
  children: ComponentChildren;
}

/** Closes what lies above the page when somebody presses beside it, or moves on from it: what they come to is not covered. */
export function useBeside(opened: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    const beside = (event: Event) => opened.current?.contains(event.target as Node) || close();
    for (const type of BESIDE) addEventListener(type, beside);
    return () => {
      for (const type of BESIDE) removeEventListener(type, beside);
    };
  }, []);
}

const BESIDE = ['pointerdown', 'focusin'] as const;

/** What a press opens, and a press beside it closes, as does Escape. */
export function Drop({name, look, children}: DropProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useBeside(menu, () => menu.current?.removeAttribute('open'));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    // The conversation around it has another use for the key.
    event.stopPropagation();
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  return (
    <details class="menu" ref={menu} onKeyDown={onKeyDown}>
      <summary class={look}>{name}</summary>
      <div class="sheet">{children}</div>
    </details>
  );
}
