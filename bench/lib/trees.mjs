// Trees of any size, always the same for the same numbers.

const FIRST =
  'amber azure black bright broad calm clear cold dark deep dry early fast green high late long low quiet red round soft tall warm white'.split(
    ' ',
  );
const SECOND =
  'bridge castle corner field forest garden harbour hill island lake market meadow mill orchard path river road square tower valley'.split(
    ' ',
  );

/** The nth of 500 labels, none of which is contained in another. */
export const label = (n) => `${FIRST[n % FIRST.length]} ${SECOND[Math.floor(n / FIRST.length) % SECOND.length]}`;

/** One question with so many answers (at most 500), each an end. */
export function wide(answers) {
  const lines = ['say: Where do you want to go?', 'answers:'];
  for (let n = 0; n < answers; n++) lines.push(`  ${label(n)}: You are at the ${label(n)}.`);
  return `${lines.join('\n')}\n`;
}

const BRANCHES = 4;

/**
 * The name of the nth part. Treebot keeps names as codes of 25 bits, of which two in a few thousand may be the same by chance, and
 * says so: among 5,000 parts called "part" there are two such pairs, among these there is none.
 */
const name = (n) => `area-${n}`;

/** What a part adds to a tree: 5 questions and 16 answers, one of which, in all parts but the first, leads there. */
const PART = 20;

/**
 * A tree of about so many nodes: parts two questions deep, written nested, that lead to one another by `goto`.
 *
 * Every question has four answers. The first part has the same words in a tree of any size, and only the last answer
 * of a question ever leads on to another part, so that the same conversation of two messages fits all of them.
 *
 * @param {number} nodes
 * @param {{tests?: boolean}} options with `tests`, the tree's own, one for each end of the first part
 */
export function large(nodes, {tests = false} = {}) {
  const parts = [];
  let count = 0;
  let next = 1;
  const total = Math.max(1, Math.round(nodes / PART));
  for (let part = 0; part < total; part++) {
    const lines = [];
    const indent = part === 0 ? '' : '    ';
    lines.push(`${indent}say: You are in the ${label(part)} ${part}, which way now?`, `${indent}answers:`);
    count++;
    for (let a = 0; a < BRANCHES; a++) {
      lines.push(
        `${indent}  ${label(a)}:`,
        `${indent}    say: After the ${label(a)} ${part} there is a fork, which side?`,
        `${indent}    answers:`,
      );
      count++;
      for (let b = 0; b < BRANCHES; b++) {
        const key = `${indent}      ${label(a + 10 * b)}`;
        if (b === BRANCHES - 1 && next < total) lines.push(`${key}: {goto: ${name(next++)}}`);
        else {
          lines.push(`${key}: The ${label(a + 10 * b)} number ${part} ends here.`);
          count++;
        }
      }
    }
    parts.push(lines);
  }
  const [start, ...others] = parts;
  const text = [...start];
  if (others.length) text.push('nodes:');
  for (const [n, lines] of others.entries()) text.push(`  ${name(n + 1)}:`, ...lines);
  if (tests) text.push('tests:', ...walks());
  return {source: `${text.join('\n')}\n`, nodes: count};
}

function* walks() {
  for (let a = 0; a < BRANCHES; a++) {
    for (let b = 0; b < BRANCHES - 1; b++) {
      const end = label(a + 10 * b);
      yield* [
        `  ${label(a)}, then ${end}:`,
        `    - user: ${label(a)}`,
        `    - user: ${end}`,
        `    - bot: The ${end} number 0 ends`,
        '    - end: true',
      ];
    }
  }
}
