// The page's colours: the system's, or what the visitor chose. `early.js` puts the choice in place before the first paint.

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: {value: Theme; name: string}[] = [
  {value: 'system', name: 'As the system'},
  {value: 'light', name: 'Light'},
  {value: 'dark', name: 'Dark'},
];

/** Under the prefix of everything that the pages keep, so that "Clear" takes it too. */
const KEY = 'treebot/v1/_page/theme';

export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: it holds until the page is closed.
  }
}
