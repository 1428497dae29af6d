// People on Messenger, who say what they are to say, by typing and by tapping, and look at what they get.

import {readFileSync} from 'node:fs';
import {at} from '../../../scripts/lib/tools.mjs';
import {offered, presses, words} from '../../../worker/e2e/graph.mjs';
import {expected, paths, typed} from '../../lib/conversations.mjs';
import {outline} from '../../lib/outline.mjs';
import {body, PAGE} from './meta.mjs';

/** The conversations of the visa tree: what is said, and what must come back, the greeting first. */
export function conversations() {
  const plan = outline(readFileSync(at('trees/uk-visa.yaml'), 'utf8'));
  const list = paths(plan);
  const texts = typed(list);
  return list.map((labels, n) => ({labels, texts: texts[n], replies: expected(plan, labels)}));
}

let people = 0;
let inputs = 0;

/** A person with a conversation to go through. */
export class Someone {
  constructor(conversation, id = String(7_000_000_000_000_000 + ++people)) {
    Object.assign(this, {id, conversation, step: 0, last: undefined});
  }

  /** Whether everything is said. */
  get isDone() {
    return this.step > this.conversation.texts.length;
  }

  /** What the person does next: every other time a tap, where there is something to tap. */
  next() {
    const {labels, texts} = this.conversation;
    const n = this.step - 1;
    if (n < 0) return this.types('hello');
    const payload = this.step % 2 === 0 && this.last && offered(this.last).get(labels[n]);
    if (!payload) return this.types(texts[n]);
    const {title} = presses(this.last).find((press) => press.payload === payload);
    const what = this.last.message.quick_replies
      ? {message: {mid: mid(), text: title, quick_reply: {payload}}}
      : {postback: {mid: mid(), title, payload}};
    return this.item(what);
  }

  types(text, when) {
    return this.item({message: {mid: mid(), text}}, when);
  }

  item(what, timestamp = Date.now()) {
    return {sender: {id: this.id}, recipient: {id: PAGE}, timestamp, ...what};
  }

  /** Takes what came back as the answer to what was done; says what is wrong with it, if something is. */
  takes(sent) {
    const wanted = this.conversation.replies[this.step];
    this.step++;
    this.last = sent.at(-1);
    const got = sent.map(words).map(plain).join('\n');
    const missing = wanted.messages.find((text) => !got.includes(beginning(text)));
    if (missing !== undefined) return `\`${beginning(missing)}\` is not in \`${got.slice(0, 300)}\``;
    if (!wanted.choices.length) return undefined;
    const choices = [...offered(this.last).keys()].filter((label) => label !== 'More…');
    const shown = wanted.choices.slice(0, choices.length).map((label) => label.trim());
    return choices.length && choices.every((label, n) => label === shown[n])
      ? undefined
      : `\`${choices.join('`, `')}\` is offered, not \`${shown.join('`, `')}\``;
  }
}

/** The body of a delivery of what some people do. */
export const delivery = (items) => body(items);

const mid = () => `m_bench-${++inputs}`;

/** A text up to its first link, which no two channels write alike. */
const beginning = (text) => plain(text.split('[')[0]).slice(0, 60);
const plain = (text) => text.replaceAll(/\s+/g, ' ').trim();
