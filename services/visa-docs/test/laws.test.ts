import fc from "fast-check";
import t from "tap";
import { visaDocsContracts, visaDocsStatus } from "@safar/contracts";
import { fold } from "@safar/kernel";
import type { DossierCommand } from "../src/domain/dossier/commands.ts";
import { decideDossier } from "../src/domain/dossier/decide.ts";
import { evolveDossier, initialDossier } from "../src/domain/dossier/state.ts";
import { decideSubmissionGroup } from "../src/domain/submission/decide.ts";
import { evolveSubmission, initialSubmission } from "../src/domain/submission/state.ts";
import {
  after,
  certificate,
  collected,
  examined,
  grant,
  id,
  open,
  oriented,
  refuseVisa,
  sign,
  submit,
  today,
  upload,
  verify,
  type DossierFact,
} from "./support/given.ts";

const group: DossierCommand = { type: "JoinGroup", submissionId: id(60), destination: "DE", standing: "active" };
const payFee: DossierCommand = {
  type: "PayVisaFee",
  fee: { amount: { minor: 1, currency: "EUR" }, paidBy: "fund", receiptNumber: "A-1", paidOn: today },
};
/** All that a stage takes, in whatever order; a command that comes too early is refused. */
const happy: readonly DossierCommand[] = [...collected, oriented(), submit(), grant];
const commands: readonly DossierCommand[] = [
  ...collected,
  open(2),
  open(3, { workVisa: false, medical: false, orientation: null }),
  upload(2, { replaces: id(101) }),
  verify(2),
  upload(3, { kind: "photo" }),
  { type: "RejectDocument", documentId: id(103), reason: "blurred" },
  { type: "OrderMedical", examinationId: id(209), orderedOn: today },
  examined("unfit", 2),
  certificate("language", { cefr: "A1", certificateId: id(399) }),
  oriented(),
  sign(),
  submit(),
  group,
  { type: "SubmitWithGroup", submissionId: id(60), submittedOn: today, standing: "active" },
  { type: "DropFromGroup", submissionId: id(60), reason: "ill" },
  payFee,
  grant,
  refuseVisa,
  { type: "FileVisaAppeal", filedOn: today },
  { type: "DecideVisaAppeal", outcome: "overturned", decidedOn: today },
  { type: "WithdrawDossier", cause: "case-suspended" },
  { type: "WithdrawDossier", cause: "candidate-withdrew" },
  { type: "ResumeDossier", today },
];

/** What happens when anybody asks for anything: refusals change nothing. */
const lived = (asked: readonly DossierCommand[]) => {
  const facts: DossierFact[] = [];
  let state = initialDossier;
  for (const command of asked) {
    const decision = decideDossier(state, command);
    if (!decision.accepted) continue;
    facts.push(...decision.facts);
    state = fold(evolveDossier, state, decision.facts);
  }
  return { facts, state };
};

const everyFact: readonly DossierFact[] = [
  ...after(...collected, oriented(), group, { type: "DropFromGroup", submissionId: id(60), reason: "ill" }),
  ...lived(commands).facts,
  ...after(upload(3, { kind: "photo" }), { type: "RejectDocument", documentId: id(103), reason: "blurred" }),
  ...after(open(), refuseVisa, { type: "FileVisaAppeal", filedOn: today }),
  ...after(open(), refuseVisa, { type: "DecideVisaAppeal", outcome: "overturned", decidedOn: today }),
  ...after(open(), { type: "WithdrawDossier", cause: "case-suspended" }, { type: "ResumeDossier", today }),
  ...after(...collected, oriented(), submit(), payFee, grant),
];
const anyHistory = fc.array(fc.constantFrom(...everyFact), { maxLength: 40 });

t.test("the histories below know every fact of the dossier", async (t) => {
  const known = new Set(everyFact.map(({ type }) => type));
  t.same(
    visaDocsContracts.contracts.map(({ type }) => type).filter((type) => !known.has(type)),
    [],
  );
});

t.test("every command's facts are what its contracts allow", async (t) => {
  for (const { type, data } of everyFact) t.ok(visaDocsContracts.find(type)?.schema.safeParse(data).success, type);
});

t.test("any fact is taken in any order", async (t) => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      t.type(visaDocsStatus(fold(evolveDossier, initialDossier, history).lifecycle), "string");
    }),
    { numRuns: 300 },
  );
});

t.test("replay gives the state that was reached step by step, also through stored bytes", async (t) => {
  fc.assert(
    fc.property(anyHistory, fc.nat(), (history, at) => {
      const cut = history.length === 0 ? 0 : at % history.length;
      const early = fold(evolveDossier, initialDossier, history.slice(0, cut));
      const whole = fold(evolveDossier, initialDossier, history);
      t.strictSame(fold(evolveDossier, early, history.slice(cut)), whole);
      const stored = JSON.parse(JSON.stringify(history)) as DossierFact[];
      t.strictSame(
        JSON.parse(JSON.stringify(fold(evolveDossier, initialDossier, stored))),
        JSON.parse(JSON.stringify(whole)),
      );
    }),
    { numRuns: 200 },
  );
});

const anything = fc
  .tuple(
    fc.array(fc.constantFrom(...commands), { maxLength: 20 }),
    fc.shuffledSubarray([...happy, ...happy], { minLength: happy.length }),
    fc.array(fc.constantFrom(...commands), { maxLength: 20 }),
  )
  .map((parts) => parts.flat());

t.test(
  "whatever is asked, a stage is completed once an opening, with every item there and the visa where needed",
  async (t) => {
    let seen = 0;
    fc.assert(
      fc.property(anything, (asked) => {
        let state = initialDossier;
        let completions = 0;
        for (const fact of lived(asked).facts) {
          if (fact.type === "DossierOpened") completions = 0;
          if (fact.type === "VisaStageCompleted") {
            completions += 1;
            seen += 1;
            t.ok(state.checklist.every((item) => state.lifecycle.met[item] !== undefined));
            t.ok(!fact.data.requires.workVisa || state.lifecycle.visa === "granted");
            t.equal(state.lifecycle.withdrawnFor, undefined);
          }
          t.ok(completions <= 1);
          state = evolveDossier(state, fact);
        }
      }),
      { numRuns: 200 },
    );
    t.ok(seen > 10, `${seen} stages were completed`);
  },
);

t.test("what was done is not done twice: a command after its own facts is refused", async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...commands), { maxLength: 25 }),
      fc.constantFrom(...commands),
      (asked, last) => {
        const { state } = lived(asked);
        const decision = decideDossier(state, last);
        if (!decision.accepted) return;
        const again = decideDossier(fold(evolveDossier, state, decision.facts), last);
        t.equal(again.accepted, false, last.type);
      },
    ),
    { numRuns: 500 },
  );
});

t.test("whatever is asked of a group, no more cases hold a place than it has", async (t) => {
  const asked = fc.oneof(
    fc.record({ type: fc.constant("ReservePlace" as const), caseId: fc.nat({ max: 6 }).map(id) }),
    fc.record({
      type: fc.constant("ReleasePlace" as const),
      caseId: fc.nat({ max: 6 }).map(id),
      reason: fc.constant("ill"),
    }),
  );
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (requests, places) => {
      let state = evolveSubmission(initialSubmission, {
        type: "SubmissionPlanned",
        data: { destination: "DE", places },
      });
      for (const request of requests) {
        const decision = decideSubmissionGroup(state, request);
        if (decision.accepted) state = fold(evolveSubmission, state, decision.facts);
        t.ok(state.caseIds.length <= places);
        t.equal(new Set(state.caseIds).size, state.caseIds.length);
      }
    }),
    { numRuns: 200 },
  );
});
