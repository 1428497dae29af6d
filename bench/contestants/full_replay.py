"""The original bot's algorithm as its article of 2018 describes it, written anew.

The bot keeps no state of its own: what it has is the thread's transcript, lines that were received and lines that were
sent. For each message the whole transcript is replayed over the tree from the root. A received line takes the first
answer whose words it contains; if it contains none, the bot says that it did not understand and asks whether to start
again, which is a small tree of its own with the answers yes and no.

It is run by the harness: `python3 full_replay.py JOB.json`; see README.md for the job and for what is printed.
"""

import gc
import json
import sys
import time

RESTART = "Sorry, I didn't understand, shall we start again?"


class Bot:
    """A tree, and replies to messages in it. The state is the transcript as JSON."""

    def __init__(self, tree):
        self.tree = tree
        self.named = {"start": tree, **tree.get("nodes", {})}
        self.restart = {"say": RESTART, "answers": {"yes": {"goto": "start"}, "no": {}}}
        waiting = list(self.named.values())
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                if "id" in node:
                    self.named[node["id"]] = node
                waiting.extend(node.get("answers", {}).values())

    def start(self):
        return self.reply([], *self.arrive(self.tree))

    def message(self, state, text):
        history = json.loads(state)
        history.append({"received": text})
        messages, node = self.replay(history)
        return self.reply(history, messages, node)

    def replay(self, history):
        """What is said on the last received line, and the node where the conversation then stands."""
        messages, node = self.arrive(self.tree)
        before = None
        for line in history:
            if "received" in line:
                messages, node, before = self.step(node, before, line["received"])
        return messages, node

    def step(self, node, before, text):
        said = text.lower()
        for key, answer in answers(node):
            if label(key, answer).lower() in said:
                if node is self.restart and key == "no":
                    return says(before), before, None
                return (*self.arrive(answer), None)
        return [RESTART], self.restart, before if node is self.restart else node

    def arrive(self, node):
        messages = says(node)
        while isinstance(node, dict) and "goto" in node and "answers" not in node:
            node = self.named[node["goto"]]
            messages += says(node)
        return messages, node

    def reply(self, history, messages, node):
        history += [{"sent": text} for text in messages]
        choices = [label(key, answer) for key, answer in answers(node)]
        return {"messages": messages, "choices": choices}, json.dumps(history, ensure_ascii=False)

    def stored(self, events, texts):
        """The state after so many messages, in which `texts` were said over and over; `texts[0]` comes next."""
        rounds = [*texts, "again", "yes"]
        if events % len(rounds):
            raise ValueError(f"{events} messages are not whole rounds of {len(rounds)}")
        messages, node = self.arrive(self.tree)
        before = None
        history = [{"sent": text} for text in messages]
        for n in range(events):
            text = rounds[n % len(rounds)]
            messages, node, before = self.step(node, before, text)
            history += [{"received": text}, *({"sent": said} for said in messages)]
        return json.dumps(history, ensure_ascii=False)


def answers(node):
    return node.get("answers", {}).items() if isinstance(node, dict) else ()


def label(key, answer):
    return answer.get("label", key) if isinstance(answer, dict) else key


def says(node):
    say = node.get("say", []) if isinstance(node, dict) else node
    return list(say) if isinstance(say, list) else [say]


def transcripts(bot, conversations):
    for conversation in conversations:
        reply, state = bot.start()
        replies = [reply]
        for text in conversation:
            reply, state = bot.message(state, text)
            replies.append(reply)
        yield replies


def measure(bot, part, job):
    conversations = part["conversations"]
    if part.get("events"):
        state = bot.stored(part["events"], conversations[0])
        text = conversations[0][0]
        count = 1

        def once():
            bot.message(state, text)

    else:
        start = bot.start()[1]
        count = sum(map(len, conversations))

        def once():
            for conversation in conversations:
                state = start
                for text in conversation:
                    _, state = bot.message(state, text)

    now = time.perf_counter_ns
    begun = now()
    passes = 0
    while passes == 0 or now() - begun < job["warm_ms"] * 1e6:
        once()
        passes += 1
    # A sample lasts at least a millisecond, so that the clock does not count.
    batch = max(1, int(1e6 * passes / (now() - begun)))
    samples = []
    begun = now()
    while len(samples) < 3 or now() - begun < job["measure_ms"] * 1e6:
        before = now()
        for _ in range(batch):
            once()
        samples.append((now() - before) / (batch * count))
    return samples


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    for part in job["parts"]:
        # The tree comes as JSON: which YAML parser Python has is not what is measured here.
        with open(part["source"], encoding="utf-8") as file:
            bot = Bot(json.load(file))
        gc.collect()
        if job["kind"] == "transcripts":
            answer = {"transcripts": list(transcripts(bot, part["conversations"]))}
        elif job["kind"] == "messages":
            answer = {"ns": measure(bot, part, job)}
        else:
            answer = {"skipped": f"no {job['kind']} in Python"}
        print(json.dumps(answer), flush=True)


main()
