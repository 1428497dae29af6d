// An outline as ink: one knot per node, sticky choices that divert.

export function ink({nodes}) {
  const lines = ['-> n0'];
  for (const [index, {says, answers}] of nodes.entries()) {
    lines.push(`=== n${index} ===`, ...says.map(plain));
    for (const {label, to} of answers) lines.push(`+ [${plain(label)}] -> n${to}`);
    if (!answers.length) lines.push('-> END');
  }
  return `${lines.join('\n')}\n`;
}

// A backslash makes any sign of ink's a plain one. At the start of a line more of them mean something.
const plain = (text) =>
  text
    .replace(/[\\{}[\]|#~<>/]/g, '\\$&')
    .replace(/^[-+*=&(]/, '\\$&')
    .replace(/^(TODO|VAR|CONST|LIST|INCLUDE|EXTERNAL)/, '\\$&');
