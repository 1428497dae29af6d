// An outline as Yarn: one node per node, options that jump.

export function yarn({nodes}, start = 'Start') {
  const name = (index) => (index === 0 ? start : `n${index}`);
  const lines = [];
  for (const [index, {says, answers}] of nodes.entries()) {
    lines.push(`title: ${name(index)}`, '---', ...says.map(plain));
    for (const {label, to} of answers) lines.push(`-> ${plain(label)}`, `    <<jump ${name(to)}>>`);
    lines.push('===');
  }
  return `${lines.join('\n')}\n`;
}

/** Signs that mean something to Yarn are written with a backslash. */
export const plain = (text) => text.replace(/[\\{}[\]#<>/]/g, '\\$&');
