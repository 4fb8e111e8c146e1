import type { Worker } from "node:worker_threads";
import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, createClient, settle, type Answer } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { startInside, tokensOf } from "./support/inside.ts";
import { checkLog, checkReadModels, readLog } from "./support/invariants.ts";

t.setTimeout(600_000);
const environment = realEnvironment();
const SETTLE_LIMIT_MS = 120_000;
const CLERKS = 6;
/** So often the thread that writes the log is ended, as a defect would end it. */
const DEATHS = 5;

t.test(
  "when the log's writer dies, commands wait or get 503 and Retry-After, and nothing acknowledged is lost",
  async (t) => {
    const workers: Worker[] = [];
    const note = (worker: Worker): void => void workers.push(worker);
    process.on("worker", note);
    t.teardown(() => process.off("worker", note));
    const folder = await temporaryFolder(t);
    const running = await startInside(t, folder);
    const token = await (await tokensOf(folder)).of({ role: "registrar", unit: "1726" });
    const registrar = createClient(running.address, environment, token);
    const acknowledged = new Map<number, Answer>();
    const refused: Answer[] = [];
    let isOver = false;

    const clerk = async (first: number): Promise<void> => {
      for (let person = first; !isOver; person += CLERKS) {
        const key = `register-${person}`;
        for (;;) {
          const answer = await registrar.post("/registration/cases", candidateBody(person), { key });
          if (answer.status === 201) {
            acknowledged.set(person, answer);
            break;
          }
          refused.push(answer);
          await environment.timers.sleep(20);
        }
      }
    };
    const clerks = Promise.all(Array.from({ length: CLERKS }, (_, first) => clerk(first)));
    for (let death = 0; death < DEATHS; death += 1) {
      const before = acknowledged.size;
      while (acknowledged.size < before + 2 * CLERKS) await environment.timers.sleep(5);
      await workers.findLast(({ threadName }) => threadName === "event log writer")?.terminate();
    }
    isOver = true;
    await clerks;

    t.same(
      refused.filter(({ status, headers }) => status !== 503 || !/^\d+$/.test(headers.get("retry-after") ?? "")),
      [],
      `${refused.length} were asked to come again`,
    );
    for (const [person, { body }] of acknowledged) {
      const again = await registrar.post("/registration/cases", candidateBody(person), { key: `register-${person}` });
      t.same([again.status, again.body], [201, body], "the same answer for ever");
    }
    await settle(running.kit, running.node, SETTLE_LIMIT_MS);
    const log = await readLog(running.kit.store, running.kit.decoder);
    checkLog(t, log);
    t.equal(log.filter(({ type }) => type === "CandidateRegistered").length, acknowledged.size);
    await checkReadModels(t, running);
  },
);
