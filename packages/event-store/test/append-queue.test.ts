import t from "tap";
import { createAppendQueue } from "../src/embedded/append-queue.ts";
import { MESSAGE_EVENTS } from "../src/embedded/limits.ts";
import { takeIn } from "../src/embedded/pending-append.ts";
import { eventOf } from "./support/events.ts";

const appendOf = (stream: string) =>
  takeIn({
    stream,
    expected: "no-stream",
    recordedAt: 0,
    bytes: 1_000,
    events: [eventOf(stream)],
    resolve: () => undefined,
    reject: () => undefined,
  });

t.test("what could not be sent is not taken for sent: an answer is never given to who did not get it", async (t) => {
  const sent: string[][] = [];
  let hasRoom = false;
  const queue = createAppendQueue((appends) => {
    if (!hasRoom) throw new RangeError("Array buffer allocation failed");
    sent.push(appends.map(({ stream }) => stream));
  });
  const streams = Array.from({ length: MESSAGE_EVENTS }, (_, number) => `note-${number}`);
  t.throws(() => {
    for (const stream of streams) queue.add(appendOf(stream));
  }, RangeError);
  t.same(queue.takeSent(1), [], "nothing waits for an answer");
  hasRoom = true;
  queue.sendWhenIdle();
  t.same(sent, [streams]);
  t.equal(queue.takeSent(1).length, streams.length);
  t.ok(queue.isEmpty());
});
