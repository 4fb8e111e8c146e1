import t from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { deriveUuid } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import {
  candidateBody,
  candidateCells,
  expectedOutcome,
  importList,
  listOf,
  rowsByFault,
  sampleList,
  sendList,
  startTestNode,
  type TestNode,
} from "@safar/testing";
import { registration } from "../../src/index.ts";
import { eventsOf } from "./support/events.ts";

const IMPORTS = "/registration/imports?asOf=2026-02-16";
const { candidates: expected } = expectedOutcome;

const open = async (t: Parameters<typeof startTestNode>[0]) => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const send = (list: string | Uint8Array, path = IMPORTS) => importList(node.kit.environment, registrar, path, list);
  return { node, registrar, send };
};

const registrations = async (node: TestNode): Promise<number> =>
  (await eventsOf(node.kit, "registration")).filter(({ type }) => type === "CandidateRegistered").length;

t.test("the sample list becomes what it should, row by row, and registers nobody twice", async (t) => {
  const { node, registrar, send } = await open(t);
  const { location, summary, rows } = await send(sampleList("candidates"));
  t.equal(rows.length, expected.rows);
  t.same(rowsByFault(rows), expected.rowsByFault, "row by row");
  const duplicates = expected["duplicate-person"];
  t.match(summary, {
    id: location.split("/").at(-1),
    state: "done",
    rows: expected.rows,
    registered: expected.registered,
    rejected: expected.rows - expected.registered - duplicates,
    duplicates,
    warned: new Set(Object.keys(expected.warned).flatMap((code) => expected.rowsByFault[code])).size,
  });
  t.same(summary.byReason, { ...expected.rejected, ...expected.warned, "duplicate-person": duplicates });
  t.equal(await registrations(node), expected.registered);

  const head = await node.kit.store.head();
  const again = await sendList(registrar, IMPORTS, sampleList("candidates"));
  t.same([again.status, again.headers.get("location")], [202, location]);
  t.same(again.body, summary, "the finished import is shown");
  const since = (await eventsOf(node.kit, "import", head)).map(({ type }) => type);
  t.same(since, ["ImportUploadBegan", "ImportUploadErased"], "the second copy of the list was destroyed");
  t.equal(await registrations(node), expected.registered);
});

t.test("a row is recorded under a transaction id of its own, by whoever sent the list", async (t) => {
  const { node, send } = await open(t);
  const { location, rows } = await send(listOf([candidateCells(1, { channel: "agency", agency_licence: "XBA-0012" })]));
  const importId = location.split("/").at(-1) ?? "";
  const recorded = (await eventsOf(node.kit, "person", "registration")).map(({ type, meta }) => ({ type, meta }));
  t.same(
    recorded.map(({ type }) => type),
    ["JourneyOpened", "CandidateRegistered", "ConsentGranted"],
  );
  for (const { meta } of recorded) {
    t.equal(meta.transactionId, deriveUuid(importId, "1"));
    t.same(meta.actor, {
      id: "registrar-1726",
      role: "registrar",
      orgUnit: "1726",
      kind: "human",
      channel: "import",
    });
  }
  t.equal(recorded[1]?.meta.caseId, rows[0]?.caseId);
  t.equal(recorded[1]?.meta.agency, "XBA-0012");
});

t.test("the day that the sender names decides, in the decider too", async (t) => {
  const { send } = await open(t);
  const list = listOf([candidateCells(1, { birth_date: "02.01.1975", consent_date: "01.02.2026" })]);
  const early = await send(list, "/registration/imports?asOf=1993-01-01");
  t.same(early.rows[0]?.reasons, ["underage", "consent-in-future"]);
  const late = await send(list);
  t.equal(late.rows[0]?.outcome, "registered");
  t.not(late.location, early.location, "another day is another import");
});

t.test("a list of a branch is its addressed list", async (t) => {
  const { node, send } = await open(t);
  await send(listOf([candidateCells(1, { list_date: "11.02.2026" })]));
  const [entry] = (await eventsOf(node.kit, "registration")).filter(({ type }) => type === "AddressedListEntryAdded");
  t.same(entry?.data, { branch: "1726", listDate: "2026-02-11" });
});

t.test("one person twice is one journey, whoever opened it", async (t) => {
  const { node, registrar, send } = await open(t);
  const clerk = await registrar.post("/registration/cases", candidateBody(1));
  t.equal(clerk.status, 201);
  const { rows } = await send(listOf([candidateCells(2), candidateCells(1), candidateCells(2)]));
  t.same(
    rows.map(({ outcome }) => outcome),
    ["registered", "duplicate", "duplicate"],
  );
  t.equal(rows[1]?.duplicateOf, clerk.body.caseId);
  t.notOk("duplicateOfRow" in (rows[1] ?? {}), "it is in no row of this list");
  t.match(rows[2], { duplicateOf: rows[0]?.caseId, duplicateOfRow: 1 });
  t.equal(await registrations(node), 2);
});

t.test("a duplicate of a case that the sender may not see is not named", async (t) => {
  const { node, send } = await open(t);
  const elsewhere = await node.as({ role: "registrar", unit: "1727" });
  t.equal((await elsewhere.post("/registration/cases", candidateBody(1))).status, 201);
  const { rows } = await send(listOf([candidateCells(1)]));
  t.equal(rows[0]?.outcome, "duplicate");
  t.notOk("duplicateOf" in (rows[0] ?? {}));
});

t.test("two who may be one person are both registered, and both are held under the row's transaction", async (t) => {
  const { node, send } = await open(t);
  const { surname, given_name, passport } = candidateCells(1);
  // Born on the same day as the first.
  const sameName = candidateCells(8401, { surname: String(surname).toUpperCase(), given_name: String(given_name) });
  const samePassport = candidateCells(2, { passport: String(passport) });
  const { location, rows } = await send(listOf([candidateCells(1), samePassport, sameName]));
  const importId = location.split("/").at(-1) ?? "";
  t.same(
    rows.map(({ outcome, warnings }) => [outcome, warnings]),
    [
      ["registered", []],
      ["registered", ["duplicate-suspected"]],
      ["registered", ["duplicate-suspected"]],
    ],
  );
  await node.settled();
  const cases = rows.map(({ caseId }) => caseId);
  const suspicions = (await eventsOf(node.kit, "registration")).filter(({ type }) => type === "DuplicateSuspected");
  t.strictSame(
    new Set(suspicions.map(({ meta, data }) => [meta.caseId, data["otherCaseId"], meta.transactionId].join(" "))),
    new Set(
      [2, 3].flatMap((row) => [
        [cases[row - 1], cases[0], deriveUuid(importId, String(row))].join(" "),
        [cases[0], cases[row - 1], deriveUuid(importId, String(row))].join(" "),
      ]),
    ),
  );
  t.equal(suspicions.length, 4);
});

t.test("a clerk's registration that raced past a row's search is found all the same", async (t) => {
  const environment = realEnvironment();
  const memory = openMemoryEventStore({ environment });
  let letRowsGoOn: () => void = () => undefined;
  const rowsGoOn = new Promise<void>((resolve) => (letRowsGoOn = resolve));
  let rowHasSearched: () => void = () => undefined;
  const searched = new Promise<void>((resolve) => (rowHasSearched = resolve));
  const store: EventStore = {
    ...memory,
    async append(stream, expected, events) {
      if (
        stream.startsWith("person-") &&
        /"channel":"import"/.test(Buffer.from(events[0]?.metadata ?? []).toString())
      ) {
        rowHasSearched();
        await rowsGoOn;
      }
      return memory.append(stream, expected, events);
    },
  };
  const node = await startTestNode(t, { services: [registration], store });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const samePassport = candidateCells(2, { passport: String(candidateBody(1)["passport"]) });
  const importing = importList(environment, registrar, IMPORTS, listOf([samePassport]));
  await searched;
  const clerk = await registrar.post("/registration/cases", candidateBody(1));
  t.notOk(clerk.body.warnings, "nobody could know yet");
  await node.settled();
  letRowsGoOn();
  const { rows } = await importing;
  t.same(rows[0]?.warnings, ["duplicate-suspected"]);
  await node.settled();
  const suspicions = (await eventsOf(node.kit, "registration")).filter(({ type }) => type === "DuplicateSuspected");
  t.strictSame(
    new Set(suspicions.map(({ meta, data }) => `${meta.caseId ?? ""} ${String(data["otherCaseId"])}`)),
    new Set([
      `${rows[0]?.caseId ?? ""} ${String(clerk.body.caseId)}`,
      `${String(clerk.body.caseId)} ${rows[0]?.caseId ?? ""}`,
    ]),
  );
  t.equal(suspicions.length, 2);
});
