// RiveScript: a topic per question, a trigger per answer, a reply that sets the next topic.
//
// Its replies are text only: messages are lines, and a line that begins with "*" is a choice.

import RiveScript from 'rivescript';

export const title = 'RiveScript';
export const about = "a topic per question; a user's variables are restored before and read after each message";
export const from = 'npm:rivescript';
export const extension = 'rive';
// Its own build for browsers: its source wants Node's file system.
export const bundle = `export {default} from 'rivescript/dist/rivescript.min.js'`;

export function translate({nodes}) {
  const lines = ['! version = 2.0', ''];
  const reply = (index) => {
    const {says, answers} = nodes[index];
    const text = [...says.map(plain), ...answers.map(({label}) => `* ${plain(label)}`)].join('\\n');
    // An end has no topic of its own: nothing can be answered there.
    return `- ${text}{topic=${answers.length ? `n${index}` : 'ended'}}`;
  };
  lines.push('+ hello', reply(0), '');
  for (const [index, {answers}] of nodes.entries()) {
    if (!answers.length) continue;
    lines.push(`> topic n${index}`);
    for (const [n, {label, to}] of answers.entries()) {
      lines.push(`+ ${trigger(label)}`, reply(to), `+ ${n + 1}`, `@ ${trigger(label)}`);
    }
    lines.push('< topic', '');
  }
  lines.push('> topic ended', '+ *', '- That was the end.', '< topic', '');
  return lines.join('\n');
}

export function load(source) {
  const bot = new RiveScript({utf8: false});
  bot.stream(source, (error) => {
    throw new Error(error);
  });
  bot.sortReplies();

  async function reply(text) {
    const answer = await bot.reply('user', text);
    const messages = [];
    const choices = [];
    for (const line of answer.split('\n')) {
      if (line.startsWith('* ')) choices.push(line.slice(2));
      else messages.push(line);
    }
    return {reply: {messages, choices}, state: JSON.stringify(await bot.getUservars('user'))};
  }

  return {
    async start() {
      await bot.clearUservars('user');
      return reply('hello');
    },

    async message(state, text) {
      await bot.setUservars('user', JSON.parse(state));
      return reply(text);
    },
  };
}

/** RiveScript strips a message of all but letters, digits and spaces before it compares; triggers are written so. */
const trigger = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A reply may hold any sign but those of RiveScript's tags, for which it has no other spelling. */
function plain(text) {
  if (/[\\<{]|\(@| \/\/ /.test(text)) throw new Error(`RiveScript cannot say ${JSON.stringify(text)}`);
  return text;
}
