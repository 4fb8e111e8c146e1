import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import type { EventStore } from "@safar/event-store";
import { openReadModel, verifyReadModel, type ReadModel, type ReadModelOptions } from "../src/index.ts";
import { impatientEnvironment as environment } from "./environment.ts";
import { courseSeats, decoder, journeyList } from "./journeys.ts";

export const projections = [journeyList, courseSeats];

/** Opens a read model of the small world; errors fail the test unless it says what to do with them. */
export const openOver = (store: EventStore, options: Partial<ReadModelOptions> = {}): ReadModel =>
  openReadModel({
    file: ":memory:",
    projections,
    store,
    decoder,
    environment,
    onError: (error) => {
      throw error;
    },
    ...options,
  });

export const differencesOf = (store: EventStore, readModel: ReadModel) =>
  verifyReadModel({ store, decoder, projections, readModel });

type Tap = Pick<typeof t, "equal" | "match" | "not" | "ok" | "notOk" | "rejects" | "strictSame" | "throws">;

/** A test with a file of its own. */
export const inFolder = (name: string, body: (t: Tap, file: string) => Promise<void>): void => {
  t.test(name, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "safar-read-model-"));
    t.teardown(() => rm(folder, { recursive: true }));
    await body(t, join(folder, "read-model.sqlite"));
  });
};
