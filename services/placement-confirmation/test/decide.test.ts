import t from "tap";
import { placementStatus } from "@safar/contracts";
import type { PlacementCommand } from "../src/domain/commands.ts";
import {
  abroad,
  after,
  agreed,
  annul,
  arrive,
  checkIn,
  complete,
  dispute,
  employer,
  givenPlacement,
  hash,
  id,
  lowerWage,
  open,
  reference,
  report,
  resolve,
  schedule,
  show,
  signed,
  terms,
  today,
  type PlacementFact,
} from "./support/given.ts";

const statusAfter = (facts: readonly PlacementFact[]) => placementStatus(givenPlacement(...facts).state.lifecycle);
const last = (facts: readonly PlacementFact[]) => facts.at(-1);

t.test("a placement is confirmed by itself once a report and the employer with the contract agree", async (t) => {
  t.equal(statusAfter(after(reference(), open())), "opened");
  const reported = after(reference(), open(), report("candidate"));
  t.equal(statusAfter(reported), "reported");
  t.same(givenPlacement(...reported).when(employer()), ["EmployerConfirmed", "ContractUploaded", "PlacementConfirmed"]);
  t.match(last(after(...agreed)), { data: { round: id(1), employerId: id(21), confirmedOn: today } });
  t.equal(statusAfter(after(...agreed)), "confirmed");
});

t.test("neither side is enough, and the agency's report serves as the candidate's", async (t) => {
  t.equal(statusAfter(after(reference(), open(), employer())), "reported");
  t.notOk(givenPlacement(...after(reference(), open(), employer())).state.confirmedOn);
  t.notOk(givenPlacement(...after(reference(), open(), report("candidate"), report("agency"))).state.confirmedOn);
  t.same(givenPlacement(...after(reference(), open(), employer())).when(report("agency")), [
    "PlacementReportedByAgency",
    "PlacementConfirmed",
  ]);
});

t.test("whatever the order in which the four come, the last one confirms", async (t) => {
  const [first, second, third, fourth] = agreed as [
    (typeof agreed)[0],
    (typeof agreed)[0],
    (typeof agreed)[0],
    (typeof agreed)[0],
  ];
  for (const order of [
    [third, fourth, first, second],
    [fourth, third, second, first],
    [second, fourth, third, first],
    [third, second, first, fourth],
  ])
    t.match(last(after(...order)), { type: "PlacementConfirmed", data: { round: id(1) } });
});

t.test("a contract with another hash, wage, hours or job is on record and holds the confirmation", async (t) => {
  const differing = [
    [{ ...signed, sha256: hash(3) }, ["hash"]],
    [lowerWage, ["hash", "wage"]],
    [{ ...signed, terms: { ...terms, hoursPerWeek: 60 } }, ["hours"]],
    [{ ...signed, terms: { ...terms, isco: "9313" } }, ["job"]],
  ] as const;
  for (const [contract, differences] of differing) {
    const facts = after(reference(), open(), report("candidate"), employer(contract));
    t.match(last(facts), {
      type: "ContractMismatchDetected",
      data: { uploadedBy: "employer", sha256: contract.sha256, referenceSha256: hash(1), differences },
    });
    t.equal(statusAfter(facts), "reported");
  }
});

t.test("a mismatch is settled by the right contract or by a decision", async (t) => {
  const held = after(reference(), open(), report("candidate"), employer(lowerWage));
  t.same(givenPlacement(...held).when(employer()), ["EmployerConfirmed", "ContractUploaded", "PlacementConfirmed"]);
  t.same(givenPlacement(...held).when(resolve("placed")), ["DisputeResolved", "PlacementConfirmed"]);
  t.same(givenPlacement(...held).when(resolve("not-placed")), ["DisputeResolved"]);
  const void_ = [...held, ...facts(held, resolve("not-placed"))];
  t.equal(statusAfter(void_), "opened");
  t.same(givenPlacement(...void_).when(report("candidate")), ["PlacementReportedByCandidate"], "all is said anew");
});
const facts = (history: readonly PlacementFact[], command: PlacementCommand): readonly PlacementFact[] => {
  const decision = givenPlacement(...history).decide(command);
  return decision.accepted ? decision.facts : [];
};

t.test("the contract that the worker was made to sign abroad holds the confirmation as well", async (t) => {
  const shown = after(reference(), open(), report("candidate"), show("candidate", lowerWage));
  t.match(last(shown), { type: "ContractMismatchDetected", data: { uploadedBy: "candidate" } });
  t.same(givenPlacement(...shown).when(employer()), ["EmployerConfirmed", "ContractUploaded"]);
  const later = after(...agreed, show("candidate", lowerWage));
  t.match(last(later), { type: "ContractMismatchDetected" }, "found also after the confirmation");
});

t.test("candidate says no job while agency or employer say placed: disputed until somebody decides", async (t) => {
  const disputed = after(reference(), open(), report("candidate", false), report("agency"));
  t.match(last(disputed), { type: "PlacementDisputed", data: { cause: "candidate-reports-no-job" } });
  t.equal(statusAfter(disputed), "disputed");
  t.same(givenPlacement(...disputed).when(employer()), ["EmployerConfirmed", "ContractUploaded"]);
  const confirmedLater = after(...agreed, report("candidate", false));
  t.equal(statusAfter(confirmedLater), "disputed");
  const both = [...disputed, ...facts(disputed, employer())];
  t.same(givenPlacement(...both).when(resolve("placed")), ["DisputeResolved", "PlacementConfirmed"]);
  const denied = [...both, ...facts(both, resolve("not-placed"))];
  t.equal(statusAfter(denied), "opened");
  t.equal(givenPlacement(...denied).when(resolve("placed")), "nothing-to-resolve");
});

t.test("whoever knows better may contest, and a contested placement is not completed", async (t) => {
  t.same(givenPlacement(...after(...agreed)).when(dispute), ["PlacementDisputed"]);
  t.equal(givenPlacement(...after(...agreed, dispute)).when(dispute), "already-done");
  t.equal(givenPlacement(...after(...agreed, dispute)).when(complete), "dispute-open");
  t.equal(givenPlacement().when(dispute), "placement-not-opened");
  t.same(givenPlacement(...after(...agreed, dispute)).when(resolve("placed")), ["DisputeResolved"]);
});

t.test("check-ins are due on the policy's days after the confirmation", async (t) => {
  const scheduled = after(...agreed, schedule());
  t.match(last(scheduled), { data: { dueOn: ["2026-07-05", "2026-09-03", "2026-12-02"] } });
  t.equal(givenPlacement(...scheduled).when(schedule()), "already-done");
  t.equal(givenPlacement(...after(...agreed)).when(schedule(2)), "already-done", "of another round");
  t.equal(statusAfter(after(...agreed, checkIn())), "active");
  t.equal(statusAfter(after(...agreed, checkIn(false))), "confirmed");
  t.equal(givenPlacement(...after(...agreed, checkIn())).when(checkIn()), "already-done");
  t.same(givenPlacement(...after(...agreed, checkIn())).when(checkIn(true, "2026-09-03")), ["CheckInReceived"]);
});

t.test("a placement is completed once, after it was confirmed", async (t) => {
  t.equal(givenPlacement(...after(reference(), open())).when(complete), "placement-not-confirmed");
  t.equal(statusAfter(after(...agreed, complete)), "completed");
  t.equal(givenPlacement(...after(...agreed, complete)).when(complete), "already-done");
  t.equal(givenPlacement(...after(...agreed, complete)).when(dispute), "placement-ended");
  t.equal(givenPlacement().when(complete), "placement-not-opened");
});

t.test("a journey that starts abroad takes the contract shown there for its reference", async (t) => {
  t.same(givenPlacement(...after(abroad, report("candidate"), show("candidate"))).when(employer()), [
    "EmployerConfirmed",
    "ContractUploaded",
    "PlacementConfirmed",
  ]);
  const differing = after(abroad, show("candidate"), report("candidate"), employer(lowerWage));
  t.match(last(differing), { type: "ContractMismatchDetected", data: { referenceSha256: hash(1) } });
  t.match(last(after(show("office"), abroad, report("agency"), employer())), { type: "PlacementConfirmed" });
});

t.test("nothing is confirmed while there is no contract to compare with", async (t) => {
  const waiting = after(open(), report("candidate"), employer());
  t.equal(statusAfter(waiting), "reported");
  t.same(givenPlacement(...waiting).when(reference()), ["ReferenceContractNoted", "PlacementConfirmed"]);
});

t.test("what is reported before the placement opens is taken, and counts from its opening", async (t) => {
  const early = after(report("candidate"), arrive(1), reference(), employer());
  t.same(
    early.map(({ type }) => type),
    ["PlacementReportedByCandidate", "ArrivalNoted", "ReferenceContractNoted", "EmployerConfirmed", "ContractUploaded"],
  );
  t.equal(statusAfter(early), "unopened");
  t.same(givenPlacement(...early).when(open()), ["PlacementOpened", "PlacementConfirmed"]);
  const { claims } = givenPlacement(...after(report("candidate"), arrive(1), open())).state;
  t.match(claims, { arrivedAt: "2026-06-01T12:05:00.000Z", candidate: { placed: true } });
});

t.test("an exit that names no round goes by the contract that was signed last", async (t) => {
  const late = open(5, { late: true });
  t.match(last(after(reference(1), late, report("agency"), employer())), { type: "PlacementConfirmed" });
  const arrived = after(late, arrive(1));
  t.equal(givenPlacement(...arrived).state.claims.arrivedAt, "2026-06-01T12:05:00.000Z");
});

t.test("a second round begins anew, and what was said of the first does not move it", async (t) => {
  const second = after(...agreed, schedule(), complete, reference(2), open(2));
  t.equal(statusAfter(second), "opened");
  const { state } = givenPlacement(...second);
  t.same([state.confirmedOn, state.checkInsDueOn, state.mismatches], [undefined, [], []]);
  const ofTheFirst: PlacementFact = { type: "PlacementReportedByAgency", data: { round: id(1), placed: true } };
  t.equal(statusAfter([...second, ofTheFirst]), "opened");
  const third = [...second, ofTheFirst, ...facts([...second, ofTheFirst], open(3))];
  t.equal(givenPlacement(...third).state.claims.agency, undefined, "nor does it wait for the next one");
  t.same(givenPlacement(...second).when(report("candidate")), ["PlacementReportedByCandidate"]);
  t.match(last(after(...agreed, complete, report("agency"), reference(2), open(2), employer())), {
    type: "PlacementConfirmed",
    data: { round: id(2) },
  });
});

t.test("an arrival that is heard of before the next exit belongs to the next round", async (t) => {
  const heard = after(...agreed, arrive(2));
  t.equal(givenPlacement(...heard).state.claims.arrivedAt, undefined);
  t.equal(givenPlacement(...heard, ...facts(heard, open(2))).state.claims.arrivedAt, "2026-06-01T12:05:00.000Z");
});

t.test(
  "who departs anew on the same application begins a round anew, unless the one before is still under way",
  async (t) => {
    t.equal(givenPlacement(...after(...agreed)).when(open()), "already-done");
    const anew = after(...agreed, complete, open());
    t.equal(statusAfter(anew), "opened");
    t.equal(givenPlacement(...anew).state.claims.employer, undefined);
    t.match(last(after(...agreed, open(2), open(), report("agency"), employer())), { data: { round: id(1) } });
  },
);

t.test("a placement that nobody confirmed ends with its journey, and comes back with it", async (t) => {
  const annulled = after(reference(), open(), report("candidate"), annul);
  t.equal(statusAfter(annulled), "annulled");
  t.equal(givenPlacement(...after(...agreed)).when(annul), "already-done", "a confirmed one is a fact");
  t.same(givenPlacement(...annulled).when(open()), ["PlacementOpened"]);
  const back = [...annulled, ...facts(annulled, open())];
  t.equal(statusAfter(back), "reported");
  t.match(facts(back, employer()).at(-1), { type: "PlacementConfirmed" });
});

t.test("nobody says the same twice, nor speaks for another", async (t) => {
  const all = givenPlacement(
    ...after(reference(), open(), report("agency", false), employer(), arrive(1), show("agency")),
  );
  for (const command of [report("agency", false), employer(), arrive(1), show("agency"), reference(), open()])
    t.equal(all.when(command), "already-done", command.type);
  t.same(all.when(report("agency")), ["PlacementReportedByAgency", "PlacementConfirmed"], "a word may be changed");
  t.equal(all.when(report("candidate", true, { mayReport: false })), "not-on-own-behalf");
});
