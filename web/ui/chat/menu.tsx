// The page's menu: its colours, and the other advisors.

import {useEffect, useRef, useState} from 'preact/hooks';
import type {OtherTree} from './opening';
import {setTheme, THEMES, type Theme, theme} from './theme';

export function Menu({others, tree}: {others: OtherTree[]; tree: string}) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [chosen, setChosen] = useState(theme);
  useEffect(() => {
    // A press beside it closes it, as menus do.
    const beside = (event: Event) => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    addEventListener('pointerdown', beside);
    return () => removeEventListener('pointerdown', beside);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  const choose = (theme: Theme) => {
    setTheme(theme);
    setChosen(theme);
  };
  return (
    <details class="menu" ref={menu} onKeyDown={onKeyDown}>
      <summary>Menu</summary>
      <div class="sheet">
        <fieldset>
          <legend>Colours</legend>
          {THEMES.map(({value, name}) => (
            <label key={value} class="tick">
              <input
                type="radio"
                name="theme"
                value={value}
                checked={chosen === value}
                onChange={() => choose(value)}
              />
              {name}
            </label>
          ))}
        </fieldset>
        {others.length > 0 && (
          <>
            <h2>Other advisors</h2>
            <ul>
              {others
                .filter((other) => other.id !== tree)
                .map((other) => (
                  <li key={other.id}>
                    <a href={other.address} lang={other.lang}>
                      {other.title}
                    </a>
                  </li>
                ))}
            </ul>
          </>
        )}
      </div>
    </details>
  );
}
