import t from "tap";
import type { Environment } from "@safar/kernel";
import { openMemoryEventStore } from "@safar/event-store";
import { readList, realEnvironment } from "@safar/service-kit";
import { openMemoryVault } from "@safar/vault";
import { candidateBody, candidateCells, importList, listOf, startTestNode, type Client } from "@safar/testing";
import { registration } from "../../src/index.ts";
import { CANDIDATE_COLUMNS } from "../../src/imports/candidate-columns.ts";
import { eventsOf } from "./support/events.ts";

/** What a branch gets back to correct, who may have it, and for how long. */

const IMPORTS = "/registration/imports?asOf=2026-02-16";
const open = async (t: Parameters<typeof startTestNode>[0]) => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const send = (list: string) => importList(node.kit.environment, registrar, IMPORTS, list);
  return { node, registrar, send };
};

const csvOf = async (client: Client, location: string, language = "en"): Promise<string> => {
  const { status, body } = await client.get(`${location}/rows.csv`, { "accept-language": language });
  if (status !== 200) throw new Error(`${status} ${String(body)}`);
  return body as string;
};
const readBack = async (csv: string) => {
  const rows: Readonly<Record<string, string>>[] = [];
  const source = (async function* () {
    yield Buffer.from(csv);
  })();
  for await (const { cells } of readList(source, [...CANDIDATE_COLUMNS])) rows.push(cells);
  return rows;
};

t.test("a row with a formula is rejected, comes back harmless, and is taken once it is corrected", async (t) => {
  const { send, registrar } = await open(t);
  const formula = `=HYPERLINK("http://x")`;
  const bad = candidateCells(2, { profession: `"${formula.replaceAll('"', '""')}"`, phone: "+998 90 12" });
  const { location, rows } = await send(listOf([candidateCells(1), bad]));
  t.same(rows[1]?.reasons, ["phone-invalid", "formula-cell"]);
  const csv = await csvOf(registrar, location);
  const [head, line, rest] = csv.split("\r\n");
  t.equal(head, [...CANDIDATE_COLUMNS, "reasons"].join(";"));
  t.match(line, /"'=HYPERLINK\(""http:\/\/x""\)"/, "no spreadsheet runs it");
  t.match(line, /Row 2, column “phone”: The phone number is wrong.*\[phone-invalid\]/);
  t.match(line, /Row 2, column “profession”: The cell holds a formula.*\[formula-cell\]/);
  t.equal(rest, "", "and no other row");
  t.equal((await readBack(csv))[0]?.["profession"], formula, "nothing of it is lost");

  const corrected = csv.replace(/"'=HYPERLINK[^;]*"/, "duradgor").replace("+998 90 12", "+998901234567");
  const second = await send(corrected);
  t.same(
    second.rows.map(({ outcome }) => outcome),
    ["registered"],
  );
});

t.test("the reasons are in the reader's words", async (t) => {
  const { send, registrar } = await open(t);
  const { location } = await send(
    listOf([candidateCells(1, { consent_date: "" }), candidateCells(2), candidateCells(2)]),
  );
  const words = { uz: /1-qator, “consent_date” ustuni: .*rozilik/, ru: /Строка 1, столбец «consent_date»: .*согласия/ };
  for (const [language, pattern] of Object.entries(words)) t.match(await csvOf(registrar, location, language), pattern);
  t.match(await csvOf(registrar, location), /The first one is row 2 of this list\./, "beside its first");
});

t.test("a row with too many cells does not stop the list", async (t) => {
  const { send, registrar } = await open(t);
  const list = listOf([candidateCells(1), candidateCells(2)]).replace("DE;15.01.2026", "DE;15.01.2026;;");
  const { rows, location } = await send(list);
  t.same(
    rows.map(({ outcome, reasons }) => [outcome, reasons]),
    [
      ["rejected", ["fields-count-wrong"]],
      ["registered", []],
    ],
  );
  t.match(await csvOf(registrar, location), /Row 1: The row has 24 cells instead of 22/);
});

t.test("an import is seen by its own unit, by auditors and by compliance", async (t) => {
  const { node, send } = await open(t);
  const { location } = await send(listOf([candidateCells(1, { phone: "" })]));
  const doors = [location, `${location}/rows`, `${location}/rows.csv`];
  const statuses = async (client: Client): Promise<number[]> => {
    const answers: number[] = [];
    for (const door of doors) answers.push((await client.get(door)).status);
    return answers;
  };
  t.same(await statuses(await node.as({ role: "registrar", unit: "1726", subject: "a-colleague" })), [200, 200, 200]);
  t.same(await statuses(await node.as({ role: "auditor" })), [200, 200, 200]);
  t.same(await statuses(await node.as({ role: "compliance" })), [200, 200, 200]);
  t.same(await statuses(await node.as({ role: "registrar", unit: "1727" })), [403, 403, 403]);
  t.same(await statuses(await node.as({ role: "registrar" })), [403, 403, 403]);
  t.same(await statuses(await node.as({ role: "operator" })), [403, 403, 403]);
  t.same(await statuses(node.anybody), [401, 401, 401]);
  const unknown = "/registration/imports/0190f3c2-7b1a-4c3d-8e2f-0000000000ff";
  t.equal((await (await node.as({ role: "auditor" })).get(unknown)).status, 404);
});

t.test("who took the file to correct is on record, and what of it is personal", async (t) => {
  const { node, send, registrar } = await open(t);
  const { location } = await send(listOf([candidateCells(1, { phone: "" })]));
  await registrar.get(`${location}/rows`);
  t.same(await eventsOf(node.kit, "access"), [], "the outcome of the rows is nothing personal");
  await csvOf(registrar, location);
  const [reading, ...others] = await eventsOf(node.kit, "access");
  t.equal(others.length, 0);
  t.equal(reading?.stream, `access-${location.split("/").at(-1) ?? ""}`);
  t.equal(reading?.meta.actor.id, "registrar-1726");
  t.match(reading?.data, { what: "registration.ReadImport" });
  const fields = reading?.data["fields"] as readonly string[];
  for (const field of ["/rows/pinfl", "/rows/surname", "/rows/passport", "/rows/phone"]) t.ok(fields.includes(field));
});

t.test("a row goes with its person", async (t) => {
  const { node, send, registrar } = await open(t);
  const { location } = await send(listOf([candidateCells(1), candidateCells(1), candidateCells(2, { phone: "" })]));
  t.equal((await readBack(await csvOf(registrar, location))).length, 2);
  const [personId] = await node.kit.vault.findPersons({ pinfl: String(candidateBody(1)["pinfl"]) });
  await node.kit.vault.destroyKey(personId ?? "");
  node.kit.sealer.forget(personId ?? "");
  const left = await readBack(await csvOf(registrar, location));
  t.same(
    left.map(({ pinfl }) => pinfl),
    [candidateBody(2)["pinfl"]],
  );
});

/** The same system another day. */
const daysLater = (environment: Environment, days: number): Environment => ({
  ...environment,
  clock: { ...environment.clock, now: () => environment.clock.now() + days * 86_400_000 },
});

t.test("the list is destroyed when its import ends, the rows to correct after thirty days", async (t) => {
  const environment = realEnvironment();
  const store = openMemoryEventStore({ environment });
  const vault = openMemoryVault({ environment });
  const day = async (days: number) => {
    const node = await startTestNode(t, {
      services: [registration],
      store,
      vault,
      environment: daysLater(environment, days),
    });
    return { node, registrar: await node.as({ role: "registrar", unit: "1726" }) };
  };
  const first = await day(0);
  const { location } = await importList(
    environment,
    first.registrar,
    IMPORTS,
    listOf([candidateCells(1, { phone: "" })]),
  );
  const importId = location.split("/").at(-1) ?? "";
  const [began] = await eventsOf(first.node.kit, "import");
  const upload = `import-upload-${began?.stream.slice("import-".length) ?? ""}`;
  t.equal(await vault.findKey(upload), "destroyed");
  t.notOk(await vault.files.has(upload));
  await first.node.node.stop();

  const kept = await day(29);
  await kept.node.settled();
  t.match(await csvOf(kept.registrar, location), /field-missing|phone-invalid/);
  await kept.node.node.stop();

  const later = await day(31);
  const isErased = async () =>
    (await eventsOf(later.node.kit, "import")).some(({ type }) => type === "ImportRowsErased");
  for (let look = 0; look < 500 && !(await isErased()); look += 1) await environment.timers.sleep(20);
  t.equal(await vault.findKey(`import-rows-${importId}`), "destroyed");
  const gone = await later.registrar.get(`${location}/rows.csv`);
  t.same([gone.status, gone.body.code], [410, "import-rows-erased"]);
  t.equal((await later.registrar.get(location)).body.state, "done", "what became of the list is still known");
});
