import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { Client } from "pg";
import t, { type Test } from "tap";
import { VaultUnavailable, type Vault } from "../src/index.ts";
import { MAX_WAITING_CALLS } from "../src/postgres/limits.ts";
import { gather, pieces } from "./support/bytes.ts";
import { startChild, type Child } from "./support/child.ts";
import { hasScan, MALIKA, MALIKA_PINFL, pinflOf } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place, type Servers } from "./support/postgres.ts";

const databaseOf = ({ url }: Place): string => new URL(url).pathname.slice(1);
const oneFile = (): AsyncIterable<Uint8Array> => pieces(Buffer.from("scan"));

/** Repeats a call until the vault is there again; bounded by the test's own limit. */
const onceAvailable = async <Result>(call: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof VaultUnavailable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};

const refused = { name: "VaultUnavailable", reason: "storage" };

interface Acknowledged {
  readonly number: number;
  readonly pinfl: string;
  readonly personId: string;
  readonly key: string;
}

const acknowledgedBy = (child: Child): Acknowledged[] => {
  const acknowledged: Acknowledged[] = [];
  child.lines.on("line", (line) => acknowledged.push(JSON.parse(line) as Acknowledged));
  return acknowledged;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Every acknowledged person has the same id and key, is found, and has the file. */
const checkAll = async (t: Test, vault: Vault, acknowledged: readonly Acknowledged[]): Promise<void> => {
  for (const { number, pinfl, personId, key } of acknowledged) {
    t.same(await vault.findOrCreatePerson(pinfl), { personId, created: false });
    const found = await vault.keyOf(personId);
    t.equal(createHash("sha256").update(found).digest("hex"), key);
    t.same(await vault.findPersons({ phone: `+99890${String(number).padStart(7, "0")}` }), [personId]);
    if (!hasScan(number)) continue;
    t.equal((await gather(vault.files.read(personId, `scan-${number}`))).toString(), `scan of ${number}`);
  }
};

const tests = (servers: Servers): void => {
  const { postgres, s3 } = servers;

  t.test("a database that is away refuses each call, and once it is back the vault goes on", async (t) => {
    const place = await newPlace(servers);
    const lines: string[] = [];
    const log = {
      warn(details: object, message: string) {
        lines.push(
          `${message}: ${JSON.stringify(details, (_, value: unknown) => (value instanceof Error ? value.message : value))}`,
        );
      },
    };
    const vault = await openAt(t, place, { log });
    const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
    await postgres.stop("immediate");
    for (let round = 0; round < 2; round++) {
      await t.rejects(vault.findOrCreatePerson(MALIKA_PINFL), refused);
      await t.rejects(vault.indexPerson(personId, MALIKA), refused);
      await t.rejects(vault.findPersons({ name: "Malika" }), refused);
      await t.rejects(vault.keyOf(personId), refused);
      await t.rejects(vault.destroyKey(personId), refused);
      await t.rejects(vault.erasureList(), refused);
      await t.rejects(vault.files.write(personId, "scan", oneFile()), refused);
      await t.rejects(gather(vault.files.read(personId, "scan")), refused);
      await t.rejects(openAt(t, place), refused, "nor is it opened, and that may be tried again");
    }
    const told = lines.filter((line) => line.startsWith("the vault's database fails;"));
    t.equal(told.length, 1, "an operator is told once, however many calls are refused");
    t.notMatch(lines.join("\n"), /Malika|password/);
    t.match(vault.requestHash(Buffer.from("{}")), /^[0-9a-f]{64}$/, "a hash needs no database");
    await postgres.start();
    t.same(await onceAvailable(() => vault.findOrCreatePerson(MALIKA_PINFL)), { personId, created: false });
    await vault.indexPerson(personId, MALIKA);
    await vault.files.write(personId, "scan", oneFile());
  });

  t.test("a file store that is away refuses files alone, and an erasure is repeated until they are gone", async (t) => {
    const vault = await openAt(t, await newPlace(servers));
    const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
    await vault.files.write(personId, "scan", oneFile());
    const stored = (await s3.bucket.keys()).length;
    await t.resolves(vault.files.check());
    await s3.stop();
    await t.rejects(vault.files.check(), refused);
    await t.rejects(vault.files.write(personId, "other", oneFile()), refused);
    await t.rejects(gather(vault.files.read(personId, "scan")), refused);
    t.ok(await vault.keyOf(personId));
    await t.rejects(vault.destroyKey(personId), refused);
    t.equal(await vault.findKey(personId), "destroyed", "nobody gets the key any more");
    await s3.start();
    await vault.destroyKey(personId);
    t.equal((await s3.bucket.keys()).length, stored - 1);
  });

  t.test("connections that are cut again and again cost repeats, and nothing else", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'safar vault'";
    let refusals = 0;
    const registering = Array.from({ length: 600 }, async (_, number) => {
      const register = () =>
        vault.findOrCreatePerson(pinflOf(number % 200)).catch((error: unknown) => {
          refusals++;
          throw error;
        });
      const { personId } = await onceAvailable(register);
      await onceAvailable(() => vault.indexPerson(personId, MALIKA));
      return { personId, key: await onceAvailable(() => vault.keyOf(personId)) };
    });
    let cuts = 0;
    const all = Promise.all(registering).finally(() => (cuts = -1));
    while (cuts >= 0 && cuts < 10) {
      postgres.query(cut);
      cuts += cuts < 0 ? 0 : 1;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const persons = await all;
    t.ok(refusals > 0, `${refusals} calls were refused`);
    t.equal(new Set(persons.map(({ personId }) => personId)).size, 200);
    for (const { personId, key } of persons.slice(0, 50)) t.same(await vault.keyOf(personId), key);
    t.equal(postgres.query("SELECT count(*) FROM safar_vault.subject_keys", databaseOf(place)), "200");
  });

  t.test("who waits for somebody else's lock is refused in time", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const auditor = new Client({ connectionString: place.url });
    await auditor.connect();
    t.teardown(() => auditor.end());
    await auditor.query("BEGIN");
    await auditor.query("LOCK TABLE safar_vault.subject_keys");
    await t.rejects(vault.keyOf("import:1"), { ...refused, message: /timeout/ });
    await auditor.query("ROLLBACK");
    t.ok(await onceAvailable(() => vault.keyOf("import:1")));
  });

  t.test("a database that hangs is given up in time, and a hung one is not opened", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    await vault.keyOf("import:1");
    const pids = postgres
      .query("SELECT pid FROM pg_stat_activity WHERE application_name = 'safar vault'")
      .split("\n")
      .map(Number);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    const hung = Array.from(pids, () => t.rejects(vault.keyOf("import:1"), { ...refused, message: /timeout/ }));
    const silent = createServer();
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    t.teardown(async () => void silent.close());
    const address = silent.address();
    const url = `postgres://user:password@127.0.0.1:${typeof address === "object" ? address?.port : ""}/vault`;
    await t.rejects(openAt(t, { ...place, url }), { ...refused, message: /timeout/ });
    await Promise.all(hung);
    for (const pid of pids) process.kill(pid, "SIGCONT");
    t.ok(await onceAvailable(() => vault.keyOf("import:1")));
  });

  t.test("more calls than may wait are sent away, and those that wait are answered", async (t) => {
    const vault = await openAt(t, await newPlace(servers));
    const outcomes = await Promise.allSettled(
      Array.from({ length: MAX_WAITING_CALLS + 10 }, () => vault.findKey("import:1")),
    );
    const answered = outcomes.filter(({ status }) => status === "fulfilled").length;
    t.ok(
      [MAX_WAITING_CALLS, MAX_WAITING_CALLS - 1].includes(answered),
      "all that may wait; a sweep may be one of them",
    );
    t.match(outcomes.at(-1), { status: "rejected", reason: { name: "VaultUnavailable", reason: "queue-full" } });
    t.equal(await vault.findKey("import:1"), undefined, "and afterwards there is room");
  });

  t.test("whatever was acknowledged before a process was killed with kill -9 is there", async (t) => {
    const place = await newPlace(servers);
    const acknowledged: Acknowledged[] = [];
    for (const [round, after] of [40, 1, 100].entries()) {
      const child = startChild(
        t,
        "./register-until-killed-postgres.ts",
        place.url,
        place.filesUrl,
        String(round * 10_000),
      );
      const said = acknowledgedBy(child);
      await until(() => said.length >= after);
      await child.kill();
      acknowledged.push(...said);
    }
    await checkAll(t, await openAt(t, place), acknowledged);
    t.comment(`3 kills, ${acknowledged.length} people`);
  });
};

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  tests(await startServers(t));

  t.test("whatever was acknowledged before PostgreSQL was killed with kill -9 is there", async (t) => {
    // What a server says otherwise of commits does not count: without our session's own setting, people would be lost.
    const settings = ["synchronous_commit = off", "wal_writer_delay = 10s"];
    const servers = await startServers(t, { settings });
    const place = await newPlace(servers);
    await (await openAt(t, place)).close();
    const child = startChild(t, "./register-until-killed-postgres.ts", place.url, place.filesUrl, "0");
    const acknowledged = acknowledgedBy(child);
    for (const how of ["kill", "immediate", "kill"] as const) {
      const enough = acknowledged.length + 100;
      await until(() => acknowledged.length >= enough);
      await servers.postgres.stop(how);
      await servers.postgres.start();
    }
    const enough = acknowledged.length + 20;
    await until(() => acknowledged.length >= enough);
    await child.kill();
    const vault = await openAt(t, place);
    await checkAll(t, vault, acknowledged);
    for (let number = 0; number < 3; number++) {
      const pinfl = pinflOf(500_000 + number);
      const { personId } = await vault.findOrCreatePerson(pinfl);
      await servers.postgres.stop("kill");
      await servers.postgres.start();
      t.same(await onceAvailable(() => vault.findOrCreatePerson(pinfl)), { personId, created: false });
    }
    t.comment(`6 crashes of the database, ${acknowledged.length} people`);
  });
}
