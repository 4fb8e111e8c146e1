import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import t from "tap";
import { isAltered, LOG_FILE } from "../src/index.ts";
import { collect, eventOf } from "./support/events.ts";
import { executorOf, hold, uuid } from "./support/holds.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

const replaced = (column: string, from: string, to: string): string =>
  `${column} = CAST(replace(CAST(${column} AS TEXT), '${from}', '${to}') AS BLOB)`;

t.test("an event whose data, actor, time, transaction, type or id was altered in the file is found", async (t) => {
  const folder = await temporaryFolder(t);
  const log = await openIn(t, folder);
  const alterations = [
    replaced("data", "court-order", "security"),
    replaced("metadata", "registrar-1726", "registrar-1703"),
    replaced("metadata", "2026-02-16", "2026-02-17"),
    replaced("metadata", "transactionId", "transaction"),
    "type = 'CaseResumed'",
    `id = '${uuid()}'`,
    "metadata = CAST('none' AS BLOB)",
    replaced("data", "nothing", "of it"),
  ];
  const positions: bigint[] = [];
  for (const [index] of alterations.entries()) {
    const outcome = await executorOf(log).execute(hold(`case-${index}`, "court-order"));
    if (outcome.kind === "recorded") positions.push(outcome.position);
  }
  t.notOk((await collect(log.readAll())).some(isAltered));
  await log.close();
  const file = new DatabaseSync(join(folder, LOG_FILE));
  for (const [index, alteration] of alterations.entries())
    file.exec(`UPDATE events SET ${alteration} WHERE position = ${positions[index]}`);
  file.close();

  const found = (await collect((await openIn(t, folder)).readAll())).map(isAltered);
  for (const [index, alteration] of alterations.entries())
    t.equal(found[index], index < alterations.length - 1, alteration);
});

t.test("an event stands at any place of its transaction, and anywhere in its stream", async (t) => {
  const log = await openIn(t, await temporaryFolder(t));
  const executor = executorOf(log);
  for (let round = 0; round < 5; round += 1)
    for (const type of ["Hold", "Free"] as const)
      await executor.execute({ ...hold("case", ""), command: { type, reason: "illness" } });
  const events = await collect(log.readAll());
  t.equal(events.length, 10);
  t.notOk(events.some(isAltered));
});

t.test("an event that something else than a command appended has no such id", async (t) => {
  const log = await openIn(t, await temporaryFolder(t));
  await log.append("registration-case", "no-stream", [eventOf("a")]);
  t.same((await collect(log.readAll())).map(isAltered), [true]);
});
