import t from "tap";
import { visaDocsStatus } from "@safar/contracts";
import type { DossierCommand } from "../src/domain/dossier/commands.ts";
import {
  after,
  collected,
  givenDossier,
  givenSubmission,
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
  type SubmissionFact,
} from "./support/given.ts";

const statusAfter = (facts: readonly DossierFact[]) => visaDocsStatus(givenDossier(...facts).state.lifecycle);
const withdraw = (cause: Extract<DossierCommand, { type: "WithdrawDossier" }>["cause"]): DossierCommand => ({
  type: "WithdrawDossier",
  cause,
});
const resume: DossierCommand = { type: "ResumeDossier", today };
const appeal = (filedOn = today): DossierCommand => ({ type: "FileVisaAppeal", filedOn });
const decided = (outcome: "overturned" | "upheld"): DossierCommand => ({
  type: "DecideVisaAppeal",
  outcome,
  decidedOn: today,
});
const join: DossierCommand = { type: "JoinGroup", submissionId: id(60), destination: "DE", standing: "active" };
const sent: DossierCommand = {
  type: "SubmitWithGroup",
  submissionId: id(60),
  submittedOn: today,
  standing: "active",
};

t.test("an application is handed in once everything is there that the embassy asks for", async (t) => {
  t.same(givenDossier(...after(...collected)).when(submit()), ["VisaSubmitted"], "the orientation may come later");
  t.match(givenDossier(...after(open())).decide(submit()), {
    refusal: { code: "dossier-incomplete", params: { missing: "passport, contract, language, certificate, medical" } },
  });
  t.equal(givenDossier(...after(...collected)).when(submit({ standing: "closed" })), "case-not-active");
  t.equal(givenDossier(...after(...collected, submit())).when(submit()), "already-done");
  t.equal(givenDossier(...after(open(1, { workVisa: false }))).when(submit()), "visa-not-needed");
  t.equal(statusAfter(after(...collected, submit())), "submitted");
});

t.test(
  "the embassy's answer is taken before the submission is recorded, and the late submission after it",
  async (t) => {
    const granted = after(open(), grant);
    t.equal(statusAfter(granted), "granted");
    t.equal(givenDossier(...granted).when(submit()), "visa-already-granted");
    const late = submit({ effectiveAt: "2026-02-20T06:00:00.000Z", submittedOn: "2026-02-20" });
    t.same(givenDossier(...granted).when(late), ["VisaSubmitted"]);
    t.equal(statusAfter([...granted, ...lateFacts(granted, late)]), "granted");
  },
);
const lateFacts = (facts: readonly DossierFact[], command: DossierCommand) =>
  givenDossier(...facts)
    .and(command)
    .slice(facts.length);

t.test("a refusal can be appealed for thirty days, and a granted appeal opens the way to the visa", async (t) => {
  const refused = after(...collected, submit(), refuseVisa);
  t.equal(statusAfter(refused), "refused");
  t.match(givenDossier(...refused).state.refusal, { appealUntil: "2026-04-01", reason: "funds-not-proven" });
  t.equal(givenDossier(...refused).when(refuseVisa), "already-done");
  t.equal(givenDossier(...refused).when(grant), "visa-refused");
  t.same(givenDossier(...refused).when(appeal("2026-04-01")), ["VisaAppealFiled"]);
  t.match(givenDossier(...refused).decide(appeal("2026-04-02")), {
    refusal: { code: "appeal-too-late", params: { appealUntil: "2026-04-01" } },
  });
  const overturned = after(...collected, submit(), refuseVisa, appeal(), decided("overturned"));
  t.equal(statusAfter(overturned), "submitted");
  t.same(givenDossier(...overturned).when(grant), ["VisaGranted"]);
  const upheld = after(...collected, submit(), refuseVisa, appeal(), decided("upheld"));
  t.equal(statusAfter(upheld), "refused");
  t.equal(givenDossier(...upheld).when(decided("upheld")), "already-done");
  t.equal(givenDossier(...upheld).when(decided("overturned")), "appeal-already-decided");
  t.equal(givenDossier(...upheld).when(appeal()), "already-done");
  t.equal(givenDossier(...after(open())).when(appeal()), "visa-not-refused");
  t.same(givenDossier(...refused).when(decided("upheld")), ["VisaAppealDecided"], "a decision may be heard of first");
});

t.test("a visa is granted once, and a granted one is not refused", async (t) => {
  const granted = after(...collected, submit(), grant);
  t.equal(givenDossier(...granted).when(grant), "already-done");
  t.equal(givenDossier(...granted).when(refuseVisa), "visa-already-granted");
});

t.test("every fee is on record once a receipt", async (t) => {
  const fee = {
    amount: { minor: 7500, currency: "EUR" },
    paidBy: "employer",
    receiptNumber: "A-1",
    paidOn: today,
  } as const;
  const paid = after(open(), { type: "PayVisaFee", fee });
  t.equal(givenDossier(...paid).when({ type: "PayVisaFee", fee }), "already-done");
  t.same(givenDossier(...paid).when({ type: "PayVisaFee", fee: { ...fee, receiptNumber: "A-2" } }), ["VisaFeePaid"]);
});

t.test("a hold withdraws the dossier until it is lifted, and what came meanwhile counts then", async (t) => {
  const held = after(...collected, oriented(), submit(), withdraw("case-suspended"));
  t.equal(statusAfter(held), "withdrawn");
  t.same(givenDossier(...held).when(grant), ["VisaGranted"], "the embassy does not know of holds");
  t.same(givenDossier(...after(...collected, oriented(), submit(), withdraw("case-suspended"), grant)).when(resume), [
    "DossierResumed",
    "VisaStageCompleted",
  ]);
  t.equal(givenDossier(...after(open(), withdraw("duplicate-suspected"))).when(sign()), "dossier-withdrawn");
  t.equal(givenDossier(...after(open())).when(resume), "not-held");
});

t.test("what ended is not resumed, and a graver cause replaces a lighter one but never the reverse", async (t) => {
  const held = after(open(), withdraw("consent-withdrawn"));
  t.equal(givenDossier(...held).when(withdraw("case-suspended")), "already-done");
  t.same(givenDossier(...held).when(withdraw("offer-ended")), ["DossierWithdrawn"]);
  const ended = after(open(), withdraw("candidate-withdrew"));
  t.equal(givenDossier(...ended).when(withdraw("offer-ended")), "already-done");
  t.equal(givenDossier(...ended).when(resume), "not-held");
  t.equal(givenDossier().when(withdraw("candidate-withdrew")), "dossier-not-opened");
});

t.test("a completed stage is taken back by a withdrawal, not by a hold or the journey's ordinary end", async (t) => {
  const done = after(...collected, oriented(), submit(), grant);
  t.equal(givenDossier(...done).when(withdraw("case-suspended")), "visa-stage-completed");
  t.equal(givenDossier(...done).when(withdraw("case-closed")), "visa-stage-completed");
  t.same(givenDossier(...done).when(withdraw("candidate-withdrew")), ["DossierWithdrawn"]);
});

t.test(
  "after a refusal ended the offer the state is still the refusal, until a further offer opens a round",
  async (t) => {
    const refused = after(...collected, submit(), refuseVisa, withdraw("offer-ended"));
    t.equal(statusAfter(refused), "refused");
    const again = after(...collected, submit(), refuseVisa, withdraw("offer-ended"), open(2));
    t.equal(statusAfter(again), "collecting");
    const { state } = givenDossier(...again);
    t.equal(state.lifecycle.round, id(2));
    t.same([state.contract, state.refusal, state.submittedOn], [undefined, undefined, undefined]);
    t.same(Object.keys(state.lifecycle.met).sort(), ["certificate", "language", "medical", "passport"]);
    const lateAnswer: DossierFact = {
      type: "VisaGranted",
      data: { round: id(1), visaNumber: "D7", validUntil: "2028-01-01" },
    };
    t.equal(statusAfter([...again, lateAnswer]), "collecting", "an answer for the round before does not move this one");
  },
);

t.test(
  "a visa that was granted on appeal still counts when the same application is offered a position anew",
  async (t) => {
    const again = { ...open(), offer: { ...open().offer, offerId: id(99) } };
    const facts = after(
      ...collected,
      oriented(),
      submit(),
      refuseVisa,
      withdraw("offer-ended"),
      appeal(),
      grant,
      again,
    );
    t.match(givenDossier(...facts).state.visa, { visaNumber: "D1234567" });
    t.same(givenDossier(...facts).when(sign()), [
      "ContractSigned",
      "RequirementMet",
      "DossierCompleted",
      "VisaStageCompleted",
    ]);
  },
);

t.test("a group takes members for its country, and whoever is not ready is dropped while the others go", async (t) => {
  t.same(givenDossier(...after(open())).when(join), ["GroupMemberAdded"]);
  t.equal(givenDossier(...after(open())).when({ ...join, destination: "TR" }), "submission-of-other-country");
  t.equal(givenDossier(...after(open())).when({ ...join, destination: undefined }), "unknown-submission");
  t.equal(givenDossier(...after(open())).when({ ...join, standing: "merged" }), "case-not-active");
  t.equal(givenDossier(...after(open(), join)).when(join), "already-done");
  t.equal(givenDossier(...after(open(), join)).when({ ...join, submissionId: id(61) }), "in-other-submission");
  t.equal(givenDossier(...after(...collected, submit())).when(join), "visa-already-submitted");
  t.equal(givenDossier(...after(...collected, join)).when(submit()), "submits-with-others");
  t.same(givenDossier(...after(...collected, join)).when(sent), ["VisaSubmitted"]);
  t.match(givenDossier(...after(open(), join)).decide(sent), {
    facts: [{ type: "GroupMemberDropped", data: { reason: "dossier-incomplete" } }],
  });
  t.match(givenDossier(...after(...collected, join)).decide({ ...sent, standing: "suspended" }), {
    facts: [{ type: "GroupMemberDropped", data: { reason: "case-not-active" } }],
  });
  t.equal(givenDossier(...after(...collected)).when(sent), "not-in-submission");
});

t.test("a place is given up before the group is handed in, never after", async (t) => {
  const drop: DossierCommand = { type: "DropFromGroup", submissionId: id(60), reason: "ill" };
  t.same(givenDossier(...after(open(), join)).when(drop), ["GroupMemberDropped"]);
  t.equal(givenDossier(...after(open())).when(drop), "not-in-submission");
  t.equal(givenDossier(...after(...collected, join, sent)).when(drop), "not-in-submission");
  t.same(givenDossier(...after(open(), join)).when(withdraw("case-suspended")), [
    "DossierWithdrawn",
    "GroupMemberDropped",
  ]);
  t.same(givenDossier(...after(...collected, join, sent)).when(withdraw("case-suspended")), ["DossierWithdrawn"]);
  t.same(
    givenDossier(...after(open(), join))
      .when(open(2))
      .slice(0, 2),
    ["GroupMemberDropped", "DossierOpened"],
  );
});

t.test("a group has no more members than places, and is handed in once", async (t) => {
  const plan = { type: "PlanSubmission", plan: { destination: "DE", places: 1 } } as const;
  const planned = { type: "SubmissionPlanned", data: plan.plan } as const;
  const reserved = { type: "SubmissionPlaceReserved", data: { caseId: id(1) } } as const;
  const reserve = (n: number) => ({ type: "ReservePlace", caseId: id(n) }) as const;
  const release = { type: "ReleasePlace", caseId: id(1), reason: "ill" } as const;
  const send = { type: "SendSubmission", submittedOn: today } as const;
  const handedIn: SubmissionFact = { type: "SubmissionSent", data: { submittedOn: today, caseIds: [id(1)] } };
  t.same(givenSubmission().when(plan), ["SubmissionPlanned"]);
  t.equal(givenSubmission(planned).when(plan), "already-done");
  t.equal(givenSubmission().when(reserve(1)), "unknown-submission");
  t.same(givenSubmission(planned).when(reserve(1)), ["SubmissionPlaceReserved"]);
  t.equal(givenSubmission(planned, reserved).when(reserve(1)), "already-done");
  t.equal(givenSubmission(planned, reserved).when(reserve(2)), "submission-full");
  t.same(givenSubmission(planned, reserved).when(release), ["SubmissionPlaceReleased"]);
  t.equal(givenSubmission(planned).when(release), "already-done");
  t.equal(givenSubmission(planned).when(send), "submission-empty");
  t.same(givenSubmission(planned, reserved).when(send), ["SubmissionSent"]);
  t.equal(givenSubmission(planned, reserved, handedIn).when(send), "already-done");
  t.equal(givenSubmission(planned, handedIn).when(reserve(2)), "submission-already-sent");
});

t.test("a verified passport is needed again once it is replaced", async (t) => {
  const replaced = after(...collected, upload(2, { replaces: id(101) }));
  t.match(givenDossier(...replaced).decide(submit()), {
    refusal: { code: "dossier-incomplete", params: { missing: "passport" } },
  });
  t.same(givenDossier(...givenDossier(...replaced).and(verify(2))).when(submit()), ["VisaSubmitted"]);
});
