import t from "tap";
import { simulate } from "../src/index.ts";
import { startServices } from "./support/services.ts";

// Some 16,000 commands: the time limit is for a machine with much else to do.
t.setTimeout(900_000);

const JOURNEYS = 500;
/** A loaded machine may take long over what follows by itself, and every wait is for a condition. */
const PATIENCE_MS = 300_000;

/** Where each unhappy path ends; late facts arrive all the same. */
const UNHAPPY_ENDS = [
  "DuplicatePerson",
  "ConsentMissing",
  "ConsentWithdrawn",
  "CandidateWithdrew",
  "VisaRefused",
  "PlacementDisputed",
  "CompensationRejected",
] as const;

t.test("of 500 journeys at least 60 % are paid, each unhappy path occurs, and none hangs", async (t) => {
  const node = await startServices(t);
  const report = await simulate({
    seed: 7,
    journeys: JOURNEYS,
    speed: 1_000,
    address: node.address,
    environment: node.kit.environment,
    tokenOf: (part) => node.tokenOf(part),
    patienceMs: PATIENCE_MS,
  });
  t.ok(report.arrived >= 0.6 * JOURNEYS, `${report.arrived} reached PaymentSettled`);
  for (const end of UNHAPPY_ENDS) {
    const count = report.ended.filter(({ reached }) => reached === end).reduce((sum, each) => sum + each.count, 0);
    t.ok(count >= 5, `${end}: ${count}`);
  }
  t.ok(report.byKind.lateFacts.arrived >= 5, "facts that come late, and out of order, stop nobody");
  t.ok(report.ended.some(({ reached, reason }) => reached === "PlacementConfirmed" && reason === "started-abroad"));
  const told = report.ended.reduce((sum, { count }) => sum + count, report.arrived);
  t.equal(told, JOURNEYS, "what did not arrive is told, by where it ended and why");
  t.same(
    report.ended.filter(({ reached, reason }) => !/^[A-Z]\w+$/.test(reached) || reason === ""),
    [],
    "each came to an end that was planned, and none was left waiting",
  );
});
