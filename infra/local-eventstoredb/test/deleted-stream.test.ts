import { openMemoryEventStore } from "@safar/event-store";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { realEnvironment } from "@safar/service-kit/environment";
import t from "tap";
import { createAppender } from "../src/appending/appender.ts";
import { answerAppend } from "../src/appending/append.ts";
import { answerBatchAppend } from "../src/appending/batch-append.ts";
import { answerGossip } from "../src/gossip.ts";
import { listen } from "../src/grpc-server.ts";
import { answerRead } from "../src/reading/read.ts";
import { answerSupportedMethods } from "../src/server-features.ts";

/*
 * The stand-in deletes no stream, so a test by a real server alone would see what Safar does about one that somebody
 * has deleted. Here it answers as EventStoreDB does then: the stream is not found, and goes on numbering.
 */

/** Events that the stream had. */
const DELETED = 3;

t.test("an append to a stream that somebody has deleted is not taken for the first of a new one", async (t) => {
  const environment = realEnvironment();
  const { timers } = environment;
  const store = openMemoryEventStore({ environment });
  const appendTo = createAppender(store);
  const append: typeof appendTo = async (given) => {
    const outcome = await appendTo(given);
    return outcome.kind === "appended" ? { ...outcome, revision: outcome.revision + DELETED } : outcome;
  };
  const stopping = new AbortController().signal;
  const { port, close } = await listen({ host: "127.0.0.1", port: 0, timers, certificate: undefined }, (address) => ({
    streams: {
      read: answerRead({ store, environment, liveGraceMs: 0, stopping }),
      append: answerAppend(append),
      batchAppend: answerBatchAppend({ append, timers, stopping }),
    },
    serverFeatures: { getSupportedMethods: answerSupportedMethods },
    gossip: { read: answerGossip({ environment, address }) },
  }));
  t.teardown(close);
  const log = await openEventStoreDb({
    url: `esdb://127.0.0.1:${port}?tls=false`,
    environment,
    onFatal: (problem) => t.fail(problem.message),
  });
  t.teardown(() => log.close());
  const event = { id: environment.random.uuid(), type: "Noted", data: Buffer.from("{}"), metadata: Buffer.from("{}") };
  await t.rejects(log.append("note-deleted", "no-stream", [event]), {
    name: "StreamWasDeleted",
    message: /note-deleted was deleted in EventStoreDB by other means: its next event stands at 3, not at 0/,
  });
});
