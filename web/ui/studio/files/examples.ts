// The trees that are published beside this page. Each has a draft of its own: opening one changes no other.

import {addOffers, type Command} from '../registry';
import {choose} from '../shell/palette';

/** Their names, as in `trees/`; a test holds them to it. */
const EXAMPLES: [string, string][] = [
  ['uk-visa', 'A visa advisor, with many ways and tests'],
  ['first', 'The first tree, in nothing but `say` and `answers`'],
  ['cave', 'A cave to walk around in, with loops'],
  ['coffee-machine', 'A coffee machine that is out of order'],
];

export const examples = (): Command[] =>
  EXAMPLES.map(([tree, detail]) => ({
    id: `example-${tree}`,
    title: tree,
    detail,
    group: 'example',
    run: () => {
      location.hash = `tree=${tree}`;
    },
  }));

export const chooseExample = (): void => choose('Open an example', examples());

addOffers(examples);
