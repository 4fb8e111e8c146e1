import fc from "fast-check";
import t, { type Test } from "tap";
import { departure } from "@safar/departure";
import { openMemoryEventStore, StoreUnavailable, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { MAX_PAGE } from "@safar/read-model";
import { registration } from "@safar/registration";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode, type Answer } from "@safar/testing";
import { audit } from "../src/index.ts";

t.setTimeout(300_000);
const DAY = 86_400_000;

/** Time that stands still until it is moved; it begins three weeks ago, so that tokens are good all along. */
const movedByHand = () => {
  const real = realEnvironment();
  let now = real.clock.now() - 21 * DAY;
  const environment: Environment = { ...real, clock: { ...real.clock, now: () => now } };
  return {
    environment,
    move: (milliseconds: number): void => void (now += milliseconds),
    at: (shift = 0): string => new Date(now + shift).toISOString(),
  };
};

const open = async (t: Test, store?: (environment: Environment) => EventStore) => {
  const time = movedByHand();
  const { environment } = time;
  const services = [registration, departure, audit];
  const node = await startTestNode(t, { services, environment, ...(store ? { store: store(environment) } : {}) });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const auditor = await node.as({ role: "auditor" });
  const command = async (path: string, body: unknown, client = registrar): Promise<Answer["body"]> => {
    const answer = await client.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { caseId } = await command("/registration/cases", candidateBody(1));
  const path = `/registration/cases/${String(caseId)}`;
  const of = (what: string): string => `/audit/cases/${String(caseId)}/${what}`;
  return { node, time, registrar, auditor, command, caseId: String(caseId), path, of };
};

/** Some twenty commands, between which time goes by; after each, what registration itself says of the case. */
const liveThrough = async ({ node, time, registrar, command, path }: Awaited<ReturnType<typeof open>>) => {
  const seen = new Map<number, string>();
  const look = async (): Promise<void> => {
    await node.settled();
    const { body, headers } = await registrar.get(path);
    seen.set(Number(headers.get("etag")!.replaceAll('"', "")), body.state);
    time.move(1 + Math.floor(node.kit.environment.random.fraction() * 3 * 3_600_000));
  };
  await look();
  const { id: requestId } = await command(`${path}/identity-requests`, { method: "document" });
  await look();
  await command(`${path}/identity-verifications`, { requestId, method: "document" });
  await look();
  const cv = (years: number) => ({ isco: "7112", experienceYears: years, languages: [], destinations: ["DE"] });
  await command(`${path}/cvs`, cv(1));
  await look();
  for (let round = 2; round < 7; round += 1) {
    await command(`${path}/suspensions`, { reason: "security" });
    await look();
    await command(`${path}/resumptions`, { reason: "security" });
    await look();
    await command(`${path}/cvs`, cv(round));
    await look();
  }
  await command(`${path}/withdrawals`, { reason: "family" });
  await look();
  return seen;
};

interface Told {
  readonly stream: string;
  readonly service: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The picture that a prefix of the history gives, by nothing but what the history's own door tells. */
const pictureOf = (history: readonly Told[], seen: ReadonlyMap<number, string>) => {
  const streams = new Map<string, Record<string, unknown>>();
  for (const { stream, service, revision, data } of history) {
    const before = streams.get(stream);
    const state = seen.get(revision) ?? before?.["state"];
    streams.set(stream, { service, stream, revision, state, data: { ...(before?.["data"] as object), ...data } });
  }
  return [...streams.values()];
};

t.test("what was known at any moment is the fold of what had been recorded by then", async (t) => {
  const opened = await open(t);
  const { auditor, of } = opened;
  const seen = await liveThrough(opened);
  const { body } = await auditor.get(of("history"));
  const history = body.items as readonly Told[];
  t.ok(history.length > 15);
  const first = Date.parse(history[0]!.recordedAt);
  const last = Date.parse(history.at(-1)!.recordedAt);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: first - DAY, max: last + DAY }), async (instant) => {
      const knownAt = new Date(instant).toISOString();
      const state = await auditor.get(`${of("state")}?knownAt=${knownAt}`);
      const prefix = history.filter(({ recordedAt }) => Date.parse(recordedAt) <= instant);
      const told = state.body.streams.map(({ redacted: _redacted, ...stream }: Record<string, unknown>) => stream);
      t.same(told, pictureOf(prefix, seen), knownAt);
      return state.status === 200;
    }),
    { numRuns: 200 },
  );
});

t.test("a history is whole in however many streams it stands", async (t) => {
  const { node, auditor, caseId, of } = await open(t);
  const { store, environment } = node.kit;
  const before = (await auditor.get(of("history"))).body.items.length as number;
  for await (const { type, data, metadata } of store.readStream(`registration-${caseId}`, { limit: 1 }))
    for (let added = 0; added <= MAX_PAGE; added += 1) {
      const id = environment.random.uuid();
      await store.append(`registration-${id}`, "no-stream", [{ id, type, data, metadata }]);
    }
  const { body } = await auditor.get(of("history"));
  t.equal(body.items.length, before + MAX_PAGE + 1);
});

t.test("a fact that came late counts from when it happened, and was known from when it came", async (t) => {
  const { node, time, command, caseId, auditor, of } = await open(t);
  const representative = await node.as({ role: "representative" });
  const officer = await node.as({ role: "departure-officer", unit: "1726" });
  const [left, between, arrived] = [time.at(3 * DAY), time.at(4 * DAY), time.at(5 * DAY)];
  time.move(10 * DAY);
  await command(`/departure/cases/${caseId}/arrivals`, { effectiveAt: arrived }, representative);
  const whenOneWasKnown = time.at();
  time.move(DAY);
  await command(`/departure/cases/${caseId}/border-exits`, { borderPoint: "TAS", effectiveAt: left }, officer);
  await node.settled();
  const dataAt = async (query: string) => {
    const { body } = await auditor.get(`${of("state")}?${query}`);
    return body.streams.find(({ service }: { service: string }) => service === "departure")?.data;
  };
  t.match(await dataAt(""), { exitedAt: left, arrivedAt: arrived });
  t.equal(await dataAt(`effectiveAt=${time.at(-9 * DAY)}`), undefined, "before either counted");
  const there = await dataAt(`effectiveAt=${between}`);
  t.equal(there.exitedAt, left);
  t.notOk("arrivedAt" in there, "the earlier record counts later");
  const known = await dataAt(`knownAt=${whenOneWasKnown}`);
  t.equal(known.arrivedAt, arrived);
  t.notOk("exitedAt" in known, "the later record was not known yet");
  t.equal(await dataAt(`knownAt=${whenOneWasKnown}&effectiveAt=${between}`), undefined, "first known, then counting");
});

t.test("each opening of a case is on record once, the reading of those records too", async (t) => {
  const { auditor, of, node } = await open(t);
  const operator = await node.as({ role: "operator" });
  const records = async () => (await auditor.get(of("access"))).body.items;
  t.same(await records(), []);
  const [reading] = await records();
  t.match(reading, { type: "PersonalDataRead", actor: { role: "auditor" }, data: { what: "audit.ReadAccess" } });
  const { body } = await auditor.get(of("history"));
  t.type(body.items[0].data.pinfl, "string");
  const [, , history, ...more] = await records();
  t.match(history.data, { what: "audit.ReadHistory" });
  t.ok(history.data.fields.some((field: string) => field.includes("pinfl")));
  t.same(more, []);
  const shown = (await operator.get(of("history"))).body.items[0];
  t.notOk("pinfl" in shown.data);
  t.ok(shown.redacted.includes("/data/pinfl"));
  t.equal((await records()).length, 4, "who is shown nothing personal leaves no record of it");
});

t.test("without a record nothing is shown", async (t) => {
  const refusing = (environment: Environment): EventStore => {
    const store = openMemoryEventStore({ environment });
    return {
      ...store,
      append: (stream, expected, events) =>
        stream.startsWith("access-")
          ? Promise.reject(new StoreUnavailable("the disk is full", "not-stored"))
          : store.append(stream, expected, events),
    };
  };
  const { auditor, of } = await open(t, refusing);
  for (const what of ["history", "state", "access"]) {
    const { status, body } = await auditor.get(of(what));
    t.equal(status, 503, what);
    t.notMatch(JSON.stringify(body), /pinfl|items|streams/);
  }
});

t.test("each door is for its roles, and a case that is not there is unknown", async (t) => {
  const { node, of } = await open(t);
  const doors = ["history", "state", "access"].map(of);
  const statusesOf = async (role: "registrar" | "shift-lead" | "operator" | "compliance") => {
    const client = await node.as({ role, ...(role === "registrar" ? { unit: "1726" } : {}) });
    return Promise.all([...doors, "/audit/events"].map(async (path) => (await client.get(path)).status));
  };
  t.same(await statusesOf("registrar"), [403, 403, 403, 403]);
  t.same(await statusesOf("operator"), [200, 200, 403, 403]);
  t.same(await statusesOf("shift-lead"), [200, 200, 403, 200]);
  t.same(await statusesOf("compliance"), [200, 200, 200, 200]);
  for (const path of doors) t.equal((await node.anybody.get(path)).status, 401);
  const auditor = await node.as({ role: "auditor" });
  const nowhere = "/audit/cases/0190f3c2-7b1a-4c3d-8e2f-0000000000ff/history";
  t.equal((await auditor.get(nowhere)).status, 404);
  t.equal((await auditor.get(`${of("state")}?knownAt=yesterday`)).status, 400);
});

t.test("a history is what the log said at one moment, though the case goes on while it is read", async (t) => {
  let goOn: (() => Promise<void>) | undefined;
  const goingOn = (environment: Environment): EventStore => {
    const store = openMemoryEventStore({ environment });
    return {
      ...store,
      async *readStream(stream, options) {
        yield* store.readStream(stream, options);
        const next = goOn;
        if (next === undefined || !stream.startsWith("departure-")) return;
        goOn = undefined;
        await next();
      },
    };
  };
  const { node, command, caseId, path, auditor, of } = await open(t, goingOn);
  const officer = await node.as({ role: "departure-officer", unit: "1726" });
  const representative = await node.as({ role: "representative" });
  await command(`/departure/cases/${caseId}/arrivals`, {}, representative);
  await node.settled();
  goOn = async () => {
    await command(`/departure/cases/${caseId}/border-exits`, { borderPoint: "TAS" }, officer);
    await command(`${path}/identity-requests`, { method: "document" });
  };
  const told = (await auditor.get(of("history"))).body.items as readonly { readonly position: string }[];
  t.equal(goOn, undefined);
  const whole = (await auditor.get(of("history"))).body.items as readonly { readonly position: string }[];
  t.ok(whole.length > told.length);
  t.same(
    told.map(({ position }) => position),
    whole.slice(0, told.length).map(({ position }) => position),
    "nothing is told without what came before it",
  );
});
