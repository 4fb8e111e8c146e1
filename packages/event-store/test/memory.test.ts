import t from "tap";
import { openMemoryEventStore } from "../src/index.ts";
import { contract } from "./contract.ts";
import { environment, withClock } from "./support/environment.ts";
import { collect, eventOf, streamIn } from "./support/events.ts";

contract(t, async (t) => {
  const store = openMemoryEventStore({ environment });
  t.teardown(() => store.close());
  return store;
});

t.test("an empty log has no head, and its first event stands above the position it was given", async (t) => {
  const store = openMemoryEventStore({ environment, firstPositionAbove: 41n });
  t.equal(await store.head(), -1n);
  t.equal((await store.append(streamIn("note"), "no-stream", [eventOf("a")])).position, 42n);
});

t.test("recordedAt stands still while the clock goes back", async (t) => {
  const times = [1_000, 400, 1_200.7];
  const store = openMemoryEventStore({ environment: withClock(() => times.shift() ?? 0) });
  for (const note of ["a", "b", "c"]) await store.append(streamIn("note"), "no-stream", [eventOf(note)]);
  const read = await collect(store.readAll());
  t.same(
    read.map(({ recordedAt }) => recordedAt),
    [1_000, 1_000, 1_200],
  );
});
