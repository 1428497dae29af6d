// The page's colours: the system's, or what the visitor chose. `early.js` puts the choice in place before the first paint.

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: {value: Theme; name: string}[] = [
  {value: 'system', name: 'As the system'},
  {value: 'light', name: 'Light'},
  {value: 'dark', name: 'Dark'},
];

/** Under the prefix of everything that the pages keep, so that "Clear" takes it too. */
const KEY = 'treebot/v1/_page/theme';

/** Puts what is kept in place, unless the page around this one has chosen. */
export function restoreTheme(): void {
  if (new URLSearchParams(location.hash.slice(1)).has('theme')) return;
  try {
    show(localStorage.getItem(KEY));
  } catch {
    // Storage is blocked: what was chosen holds until the page is closed.
  }
}

function show(theme: string | null): void {
  const {dataset} = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  else delete dataset.theme;
}

export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function setTheme(theme: Theme): void {
  show(theme);
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: it holds until the page is closed.
  }
}
