// What the page was opened with.

export interface Opening {
  /** The name of the tree. */
  tree: string;
  /** The name under which its draft is kept. */
  id: string;
  /** What the editor opens with. */
  source: string;
  /** The tree as it is published; none where it could not be fetched. */
  published: string | undefined;
  /** Whether somebody else's link was opened: then nothing is kept. */
  shared?: boolean;
}

let opened: Opening | undefined;

export function openWith(opening: Opening): void {
  opened = opening;
}

export function opening(): Opening {
  if (!opened) throw new Error('the Studio draws before it is open');
  return opened;
}
