import { join } from "node:path";
import t, { type Test } from "tap";
import type { EventStore } from "@safar/event-store";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { realEnvironment } from "@safar/service-kit";
import { makeCertificates, makeUsers, PASSWORDS, realMissing, setPassword, startSecured } from "./support/server.ts";

const environment = realEnvironment();
const WRONG = "wr@ng-pässword";
const NOT_APPEND = { name: "StoreUnavailable", outcome: "not-stored", message: /lets this user not append/ };
const NOT_READ = { name: "StoreUnavailable", outcome: "not-stored", message: /lets this user not read/ };

/** Who is refused is told at once: each retry of what was not stored is far longer than the test may take. */
const PATIENT = { appendRetryMilliseconds: 3_600_000, readRetryMilliseconds: 3_600_000 };

const openAt = async (
  t: Test,
  url: string,
  { reports = [], limits = PATIENT }: { readonly reports?: string[]; readonly limits?: typeof PATIENT } = {},
): Promise<EventStore> => {
  const store = await openEventStoreDb({
    environment,
    url,
    limits,
    report: (problem) => void reports.push(String(problem)),
    onFatal: (problem) => t.fail(problem.message),
  });
  t.teardown(() => store.close());
  return store;
};

const append = (store: EventStore, stream = `note-${environment.random.uuid()}`) =>
  store.append(stream, "no-stream", [
    { id: environment.random.uuid(), type: "NoteTaken", data: Buffer.from("{}"), metadata: Buffer.from("{}") },
  ]);

const firstOf = async (store: EventStore): Promise<string | undefined> => {
  for await (const { stream } of store.readAll({ filter: { categories: ["note"] }, limit: 1 })) return stream;
  return undefined;
};

t.test("users are made, and made again without harm", { skip: realMissing }, async (t) => {
  t.match(await makeUsers(t), /only writers append; writers and readers read/);
  t.match(await makeUsers(t), /only writers append; writers and readers read/);
});

t.test("a writer appends and reads, a reader only reads and is told so at once", async (t) => {
  const { addressOf } = await startSecured(t);
  const writer = await openAt(t, addressOf("writer", PASSWORDS.writer));
  await append(writer);
  t.ok(await firstOf(writer));
  await writer.close();

  const reader = await openAt(t, addressOf("reader", PASSWORDS.reader));
  t.ok(await firstOf(reader));
  t.ok((await reader.head()) >= 0n);
  const controller = new AbortController();
  for await (const { kind } of reader.subscribe({ after: "start", signal: controller.signal }))
    if (kind === "caughtUp") controller.abort();
  await t.rejects(append(reader), NOT_APPEND);
  await t.rejects(append(reader, "$settings"), NOT_APPEND);
});

t.test("a wrong password and an unknown user are refused at once, and shown nowhere", async (t) => {
  const { addressOf } = await startSecured(t);
  for (const user of ["writer", "nobody"]) {
    const reports: string[] = [];
    const store = await openAt(t, addressOf(user, WRONG), { reports });
    const problem: unknown = await append(store).catch((error: unknown) => error);
    t.match(problem, NOT_READ);
    await t.rejects(firstOf(store), NOT_READ);
    await t.rejects(store.head(), NOT_READ);
    const controller = new AbortController();
    const messages = store.subscribe({ after: "start", signal: controller.signal })[Symbol.asyncIterator]();
    const next = messages.next();
    while (reports.length === 0) await environment.timers.sleep(10);
    controller.abort();
    t.same(await next, { done: true, value: undefined });
    t.match(reports[0], /goes on in 50 ms: EventStoreDB lets this user not read/);
    const said = [...reports, String(problem), problem instanceof Error ? problem.stack : ""].join();
    for (const form of [WRONG, encodeURIComponent(WRONG), Buffer.from(`${user}:${WRONG}`).toString("base64")])
      t.notOk(said.includes(form));
    await store.close();
  }
});

t.test("a server whose certificate another authority has signed, or none that is told, is not talked to", async (t) => {
  const { addressOf, caFile } = await startSecured(t);
  const { caFile: another } = await makeCertificates(join(t.testdirName, "another"));
  const limits = { appendRetryMilliseconds: 200, readRetryMilliseconds: 200 };
  const right = addressOf("writer", PASSWORDS.writer);
  const wrong = [addressOf("writer", PASSWORDS.writer, another), right.replace(`&tlsCAFile=${caFile}`, "")];
  for (const url of wrong) {
    const store = await openAt(t, url, { limits });
    const away = { name: "StoreUnavailable", outcome: "not-stored", message: /is away: .*certificate/ };
    await t.rejects(append(store), away);
    await t.rejects(firstOf(store), away);
    await store.close();
  }
  const store = await openAt(t, right, { limits });
  await append(store);
  t.ok(await firstOf(store), "it is there for who knows its authority");
});

t.test("nobody gets in without TLS, or without saying who they are", async (t) => {
  const { addressOf } = await startSecured(t);
  const right = addressOf("writer", PASSWORDS.writer);
  const limits = { appendRetryMilliseconds: 200, readRetryMilliseconds: 200 };
  const bare = await openAt(t, right.replace(/tls=true.*/, "tls=false"), { limits });
  await t.rejects(append(bare), { name: "StoreUnavailable", outcome: "not-stored" });
  await bare.close();
  const nobody = await openAt(t, right.replace(/\/\/.*@/, "//"));
  await t.rejects(append(nobody), NOT_READ);
  await t.rejects(firstOf(nobody), NOT_READ);
  await nobody.close();
});

t.test(
  "a changed password is refused as soon as the server hears of it, and taken once put back",
  { skip: realMissing },
  async (t) => {
    const { addressOf } = await startSecured(t);
    const store = await openAt(t, addressOf("writer", PASSWORDS.writer));
    await append(store);
    await setPassword("writer", WRONG);
    t.teardown(() => setPassword("writer", PASSWORDS.writer));
    const why = async (): Promise<unknown> =>
      store.head().then(
        () => undefined,
        (error: unknown) => error,
      );
    let refused = await why();
    for (; refused === undefined; refused = await why()) await environment.timers.sleep(10);
    t.match(refused, NOT_READ);
    t.match(await makeUsers(t), /writer is there already/);
    await setPassword("writer", PASSWORDS.writer);
    while ((await why()) !== undefined) await environment.timers.sleep(10);
    await append(store);
  },
);
