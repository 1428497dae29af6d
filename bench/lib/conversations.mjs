// What is said to the contestants: paths through an outline, typed in the forms that all of them understand.

/** Every path from the start to an end, as labels; a question that was asked on the way is not asked again. */
export function paths({nodes}) {
  const found = [];
  const walk = (index, labels, seen) => {
    const {answers} = nodes[index];
    if (!answers.length) found.push(labels);
    for (const {label, to} of answers) {
      if (!seen.includes(to)) walk(to, [...labels, label], [...seen, to]);
    }
  };
  walk(0, [], [0]);
  return found;
}

const FORMS = [(label) => label, (label) => label.toLowerCase(), (label) => `  ${label.toUpperCase()} `];

/** Paths as people type them: each message in another form, but all of them exact. */
export const typed = (list) => list.map((labels, i) => labels.map((label, j) => FORMS[(i + j) % FORMS.length](label)));

/** Paths by number, for those who understand numbers. */
export function numbered(outline, list) {
  return list.map((labels) => {
    let node = outline.nodes[0];
    return labels.map((label) => {
      const index = node.answers.findIndex((answer) => answer.label === label);
      node = outline.nodes[node.answers[index].to];
      return String(index + 1);
    });
  });
}

/** The transcript that the outline itself gives: what every contestant must say, greeting first. */
export function expected(outline, labels) {
  const reply = ({says, answers}) => ({messages: says, choices: answers.map(({label}) => label)});
  let node = outline.nodes[0];
  const replies = [reply(node)];
  for (const wanted of labels) {
    node = outline.nodes[node.answers.find(({label}) => label === wanted).to];
    replies.push(reply(node));
  }
  return replies;
}
