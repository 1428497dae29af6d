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
/** Questions in a part; with their ends that is 21 nodes. */
const PART = 5;

/**
 * A tree of about so many nodes: parts of two questions' depth, written nested, that lead to one another by `goto`.
 *
 * Every question has four answers. The first part has the same words in a tree of any size, and the first answer of
 * its last level always leads to an end, so that the same conversation of two messages fits all of them.
 */
export function large(nodes) {
  // A part's last level has 16 answers. In a tree of more than one part up to 12 of them go on to other parts
  // instead of ending, so a part has fewer nodes than the 21 of a tree that has but one.
  const parts = [];
  let count = 0;
  let next = 1;
  const total = Math.max(1, Math.round(nodes / (PART + 15)));
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
        // One road in each question's four leads on, while there are parts that nothing leads to.
        if (b === 3 && next < total) lines.push(`${key}: {goto: part-${next++}}`);
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
  for (const [n, lines] of others.entries()) text.push(`  part-${n + 1}:`, ...lines);
  return {source: `${text.join('\n')}\n`, nodes: count};
}
