import t from "tap";
import { StoreUnavailable } from "../src/index.ts";
import { environment } from "./support/environment.ts";
import { eventOf, streamIn } from "./support/events.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { freePort } from "./support/servers.ts";

const PASSWORD = "p%40ss-wörd";
const FORMS = [PASSWORD, "p@ss-wörd", Buffer.from("writer:p@ss-wörd").toString("base64")];

const holdsPassword = (problem: unknown): boolean => {
  const { message, stack, cause } = problem instanceof Error ? problem : new Error(String(problem));
  const text = [message, stack, JSON.stringify(problem), cause instanceof Error ? String(cause) : ""].join();
  return FORMS.some((form) => text.includes(form));
};

t.test("an address that cannot be used is refused, and neither error nor console shows the password", async (t) => {
  const printed = ["warn", "error", "log"].map((method) => t.capture(console, method as "warn"));
  const addresses = [
    `http://writer:${PASSWORD}@localhost:2113`,
    `esdb://writer:${PASSWORD}@localhost:2113?unknown=1`,
    `esdb://writer:${PASSWORD}@localhost:2113?tlsVerifyCert=false`,
    `esdb://writer:${PASSWORD}@localhost:2113?throwOnAppendFailure=false`,
    `esdb://writer:${PASSWORD}@localhost:2113?nodePreference=follower`,
    `esdb://writer:${PASSWORD}@localhost:2113?tls=perhaps`,
    `esdb://writer:${PASSWORD}@localhost:2113?keepAliveInterval=-1`,
    `esdb://writer:${PASSWORD}@localhost:2113?keepAliveTimeout=-1`,
    `esdb://writer:${PASSWORD}@localhost:2113?keepAliveTimeout=60001`,
    `esdb://writer:${PASSWORD}@localhost:2113?keepAliveTimeout=0`,
    `esdb://writer:${PASSWORD}@localhost:port`,
    `esdb://writer:${PASSWORD}@localhost:2113?tls=true&tlsCAFile=/nowhere/ca.crt`,
    `esdb://writer:${PASSWORD}@`,
    `esdb://wri%zzter:${PASSWORD}@localhost:2113`,
  ];
  for (const url of addresses) {
    const problem: unknown = await openAt(t, url).catch((error: unknown) => error);
    t.type(problem, TypeError);
    t.notOk(holdsPassword(problem), String(problem));
  }
  t.same(
    printed.flatMap((calls) => calls()),
    [],
  );
  const named = openAt(t, "esdb://localhost:2113?unknown=1");
  await t.rejects(named, { message: /has the option "unknown"; possible are tls, tlsCAFile/ });
});

t.test("what a server says while it is away does not show the password", async (t) => {
  const reports: unknown[] = [];
  const url = `esdb://writer:${PASSWORD}@127.0.0.1:${await freePort()}?tls=false`;
  const limits = { appendRetryMilliseconds: 0, readRetryMilliseconds: 0 };
  const store = await openAt(t, url, { limits, report: (problem) => reports.push(problem) });
  const problem: unknown = await store
    .append(streamIn("note"), "no-stream", [eventOf("a")])
    .catch((error: unknown) => error);
  t.type(problem, StoreUnavailable);
  const controller = new AbortController();
  const messages = store.subscribe({ after: "start", signal: controller.signal })[Symbol.asyncIterator]();
  const next = messages.next();
  while (reports.length < 2) await environment.timers.sleep(10);
  controller.abort();
  t.same(await next, { done: true, value: undefined });
  t.match(String(reports[0]), /a subscription goes on in 50 ms: EventStoreDB is away/);
  t.notOk([problem, ...reports].some(holdsPassword));
});

t.test("an address that was refused leaves the process free to open another", async (t) => {
  await t.rejects(openAt(t, "esdb://localhost:port"), TypeError);
  const store = await openAt(t, `esdb://127.0.0.1:${await freePort()}?tls=false`);
  await store.close();
});
