import t from "tap";
import {
  expectedOutcome,
  importList,
  listOf,
  rowsByFault,
  sampleList,
  startTestNode,
  vacancyCells,
} from "@safar/testing";
import { selection } from "../../src/index.ts";

const IMPORTS = "/selection/imports?asOf=2026-02-16";
const { vacancies: expected } = expectedOutcome;

const open = async (t: Parameters<typeof startTestNode>[0]) => {
  const node = await startTestNode(t, { services: [selection] });
  const selector = await node.as({ role: "selector", unit: "1726" });
  const send = (list: string | Uint8Array) => importList(node.kit.environment, selector, IMPORTS, list);
  return { node, selector, send };
};

t.test("the sample list becomes what it should, row by row, and publishes nothing twice", async (t) => {
  const { node, selector, send } = await open(t);
  const { location, summary, rows } = await send(sampleList("vacancies"));
  t.same(rowsByFault(rows), expected.rowsByFault, "row by row");
  t.match(summary, {
    state: "done",
    rows: expected.rows,
    registered: expected.published,
    rejected: expected.rows - expected.published,
    duplicates: 0,
    warned: expected.warned["entered-after-deadline"],
    byReason: { ...expected.rejected, ...expected.warned },
  });
  const head = await node.kit.store.head();
  const again = await send(sampleList("vacancies"));
  t.same([again.location, again.summary], [location, summary]);
  const since: string[] = [];
  for await (const { type } of node.kit.store.readAll({ after: head })) since.push(type);
  t.same(since, ["ImportUploadBegan", "ImportUploadErased"]);
  const csv = await selector.get(`${location}/rows.csv`);
  t.equal(String(csv.body).trim().split("\r\n").length - 1, expected.rows - expected.published);
});

t.test("what another list published already is shown beside it, equal rows of one list are not", async (t) => {
  const { send } = await open(t);
  const first = await send(listOf([vacancyCells(), vacancyCells({ row: "2", entered: "11.02.2026" })]));
  t.same(
    first.rows.map(({ outcome }) => outcome),
    ["registered", "registered"],
  );
  t.not(first.rows[0]?.vacancyId, first.rows[1]?.vacancyId, "a partner may offer the same twice");
  const folded = vacancyCells({ partner: "Askania  Future", row: "7" });
  const second = await send(listOf([vacancyCells({ positions: "3" }), folded]));
  t.match(second.rows[0], { outcome: "registered", reasons: [] });
  t.match(second.rows[1], {
    outcome: "duplicate",
    reasons: ["duplicate-vacancy"],
    duplicateOf: first.rows[0]?.vacancyId,
  });
});

t.test("a vacancy is what its row says, of the employer that bears the partner's name", async (t) => {
  const { node, selector, send } = await open(t);
  const known = await selector.post("/selection/employers", { name: "ARYA Holding", country: "TR" });
  t.equal(known.status, 201);
  const { rows, location } = await send(
    listOf([vacancyCells({ partner: "Arya holding" }), vacancyCells({ wage_month: "230000", currency: "JPY" })]),
  );
  await node.settled();
  const [ofKnown, ofNew] = await Promise.all(
    rows.map(async ({ vacancyId }) => (await selector.get(`/selection/vacancies/${vacancyId ?? ""}`)).body),
  );
  t.equal(ofKnown.data?.vacancy?.employerId ?? ofKnown.state?.vacancy?.employerId, known.body.id);
  t.match(JSON.stringify(ofNew), /"minor":230000,"currency":"JPY"/);
  const employerId = /"employerId":"([0-9a-f-]{36})"/.exec(JSON.stringify(ofNew))?.[1] ?? "";
  t.not(employerId, known.body.id);
  const made = await selector.get(`/selection/employers/${employerId}`);
  t.match(JSON.stringify(made.body), new RegExp(`"name":"ASKANIA FUTURE"`));
  t.equal((await send(listOf([vacancyCells({ positions: "2" })]))).rows[0]?.outcome, "registered");
  const employers = await selector.get("/selection/employers");
  t.equal(employers.body.items.length, 2, location);
});

t.test("vacancies are sent by selectors", async (t) => {
  const { node } = await open(t);
  for (const role of ["registrar", "employer", "operator", "auditor"] as const) {
    const client = await node.as({ role, unit: "1726" });
    t.equal((await client.send(IMPORTS, listOf([vacancyCells()]), { "content-type": "text/csv" })).status, 403, role);
  }
});
