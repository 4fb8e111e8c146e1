import { END, NO_STREAM, TimeoutError } from "@eventstore/db-client";
import t from "tap";
import { newStream, notes, realServer, startServer } from "./support/server.ts";
import { follow } from "./support/subscriber.ts";

const { client } = await startServer(t, { liveGraceMs: 0 });

t.test("without grace a burst drops even a fast live subscriber", { skip: realServer !== undefined }, async (t) => {
  const stream = newStream();
  const subscriber = follow(client.subscribeToAll({ fromPosition: END }));
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  await client.appendToStream(stream, notes(100), { expectedRevision: NO_STREAM });
  const error = await subscriber.failed;
  t.ok(error instanceof TimeoutError && Number(error.code) === 10, String(error));
  const got = subscriber.heard.filter((what) => typeof what === "number");
  t.same(
    got,
    Array.from(got, (_, index) => index),
  );
});
