// The process of one JavaScript contestant: `node --expose-gc child.mjs CONTESTANT.mjs JOB.json`.
//
// It speaks the protocol of README.md: a job comes as a file, and each of its parts is answered by one line of JSON.

import {readFileSync, writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const [, , module, jobFile] = process.argv;
const job = JSON.parse(readFileSync(jobFile, 'utf8'));
const contestant = await import(pathToFileURL(module));

const now = process.hrtime.bigint;
const since = (begun) => Number(now() - begun);
/** Kept, so that no compiler leaves out making a reply. */
let seen = 0;

const KINDS = {translate, transcripts, messages, load, memory};

for (const part of job.parts) {
  const answer = job.kind in KINDS ? await KINDS[job.kind](part) : await task(part);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);

function read(part) {
  return contestant.binary ? readFileSync(part.source) : readFileSync(part.source, 'utf8');
}

async function translate({outline, yaml, into}) {
  const made = await contestant.translate(JSON.parse(readFileSync(outline, 'utf8')), readFileSync(yaml, 'utf8'));
  writeFileSync(into, made);
  return {};
}

async function transcripts(part) {
  const bot = await contestant.load(read(part));
  const transcripts = [];
  for (const conversation of part.conversations) {
    let {reply, state} = await bot.start();
    const replies = [reply];
    for (const text of conversation) {
      // What is stored is text, so nothing else may get from one message to the next.
      if (typeof state !== 'string') throw new Error(`a state is ${typeof state}, not text`);
      ({reply, state} = await bot.message(state, text));
      replies.push(reply);
    }
    transcripts.push(structuredClone(replies));
  }
  return {transcripts};
}

async function messages(part) {
  const bot = await contestant.load(read(part));
  const {conversations, events} = part;
  if (events) {
    // The state of a contestant without `stored` is the same after any number of messages.
    const {state} = bot.stored ? {state: await bot.stored(events, conversations[0])} : await bot.start();
    const [text] = conversations[0];
    return {...(await time(bot, [{state, texts: [text]}])), bytes: Buffer.byteLength(state)};
  }
  const {state} = await bot.start();
  return time(
    bot,
    conversations.map((texts) => ({state, texts})),
  );
}

function time(bot, conversations) {
  const count = conversations.reduce((sum, {texts}) => sum + texts.length, 0);
  const look = ({messages, choices}) => {
    seen += messages.length + choices.length + (messages[0]?.length ?? 0);
  };
  const first = bot.message(conversations[0].state, conversations[0].texts[0]);
  if (first instanceof Promise) {
    return sampleAsync(async () => {
      for (const {state: begun, texts} of conversations) {
        let state = begun;
        for (const text of texts) {
          const turn = await bot.message(state, text);
          look(turn.reply);
          ({state} = turn);
        }
      }
    }, count);
  }
  return sample(() => {
    for (const {state: begun, texts} of conversations) {
      let state = begun;
      for (const text of texts) {
        const turn = bot.message(state, text);
        look(turn.reply);
        ({state} = turn);
      }
    }
  }, count);
}

/** Runs `once` until it is warm, then in samples of at least a millisecond: nanoseconds per each of its `count` things. */
function sample(once, count = 1) {
  let passes = 0;
  let begun = now();
  do {
    once();
    passes++;
  } while (since(begun) < job.warm_ms * 1e6);
  const batch = Math.max(1, Math.floor((1e6 * passes) / since(begun)));
  const ns = [];
  begun = now();
  do {
    const before = now();
    for (let n = 0; n < batch; n++) once();
    ns.push(since(before) / (batch * count));
  } while (ns.length < 3 || since(begun) < job.measure_ms * 1e6);
  return {ns, seen};
}

/** The same for those who answer with promises: an `await` costs, so it is not asked of the others. */
async function sampleAsync(once, count = 1) {
  let passes = 0;
  let begun = now();
  do {
    await once();
    passes++;
  } while (since(begun) < job.warm_ms * 1e6);
  const batch = Math.max(1, Math.floor((1e6 * passes) / since(begun)));
  const ns = [];
  begun = now();
  do {
    const before = now();
    for (let n = 0; n < batch; n++) await once();
    ns.push(since(before) / (batch * count));
  } while (ns.length < 3 || since(begun) < job.measure_ms * 1e6);
  return {ns, seen};
}

/** Loads again and again: the first time is cold, the fastest is warm. What takes long is loaded less often. */
async function load(part) {
  const source = read(part);
  const ns = [];
  const begun = now();
  let kept;
  do {
    kept = undefined;
    const before = now();
    kept = await contestant.load(source);
    ns.push(since(before));
  } while (ns.length < 30 && since(begun) < job.measure_ms * 1e6);
  if (!(await kept.start()).reply.messages.length) throw new Error('the loaded tree says nothing');
  return {ns};
}

/**
 * What a loaded tree keeps: bytes of the heap and beside it, and of the whole process.
 *
 * A small tree is loaded first, again and again, so that compiled code does not count; it is let go.
 */
async function memory(part) {
  const small = read({source: part.small});
  for (let n = 0; n < 50; n++) await contestant.load(small);
  let source = read(part);
  const bytes = Buffer.byteLength(source);
  const before = await settled();
  const bot = await contestant.load(source);
  // The text itself goes, unless the contestant keeps it.
  source = undefined;
  const after = await settled();
  if (!(await bot.start()).reply.messages.length) throw new Error('the loaded tree says nothing');
  return {bytes: after.used - before.used + bytes, rss: after.rss - before.rss + bytes};
}

/** The heap and what is beside it, wasm memories included (in `external`), after collections. */
async function settled() {
  for (let n = 0; n < 4; n++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const {heapUsed, external, rss} = process.memoryUsage();
  return {used: heapUsed + external, rss};
}

/** A kind that only some contestants know; see README.md. */
async function task(part) {
  const made = await contestant.tasks?.[job.kind]?.(part);
  if (!made) return {skipped: `it knows no ${job.kind}`};
  const {run, per = 1} = made;
  return sample(run, per);
}
