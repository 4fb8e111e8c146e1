import t from "tap";
import { visaDocsStatus } from "@safar/contracts";
import {
  after,
  certificate,
  collected,
  examined,
  givenDossier,
  grant,
  hash,
  id,
  lasting,
  open,
  oriented,
  refuseVisa,
  sign,
  submit,
  terms,
  today,
  upload,
  verify,
  type DossierFact,
} from "./support/given.ts";

const statusAfter = (facts: readonly DossierFact[]) => visaDocsStatus(givenDossier(...facts).state.lifecycle);
const metBy = (facts: readonly DossierFact[]) => givenDossier(...facts).state.lifecycle.met;

t.test("a dossier opens with the checklist of the corridor's requirement set, once an offer", async (t) => {
  t.same(givenDossier().when(open()), ["DossierOpened", "ChecklistIssued"]);
  t.equal(givenDossier(...after(open())).when(open()), "already-done");
  t.same(givenDossier(...after(open())).state.checklist, [
    "passport",
    "contract",
    "language",
    "certificate",
    "orientation",
    "medical",
  ]);
  const lean = open(1, { language: null, certificate: false, orientation: null, medical: false });
  t.same(givenDossier(...after(lean)).state.checklist, ["passport", "contract"]);
  t.equal(givenDossier().when({ ...open(), requirementSet: undefined }), "no-requirement-set");
});

t.test("facts that came before the offer meet the checklist as it is issued", async (t) => {
  const early = [certificate("trade"), certificate("language"), oriented(), examined("fit"), upload(1), verify(1)];
  const opened = after(...early, open());
  t.same(Object.keys(metBy(opened)).sort(), ["certificate", "language", "medical", "orientation", "passport"]);
  t.equal(metBy(opened).language, id(312));
  t.equal(metBy(opened).passport, id(101));
  t.equal(statusAfter(opened), "collecting");
  t.equal(statusAfter(after(open())), "checklistIssued");
});

t.test("what came early counts only where the corridor asks for it and while it is valid", async (t) => {
  t.notOk(metBy(after(certificate("language", { cefr: "A2" }), open())).language);
  t.notOk(metBy(after(certificate("language", { language: "en" }), open())).language);
  t.notOk(metBy(after(certificate("language", { validUntil: "2026-03-01" }), open())).language);
  t.ok(metBy(after(certificate("language", { validUntil: "2026-03-02" }), open())).language);
  t.notOk(metBy(after(oriented("TR"), open())).orientation);
  t.notOk(metBy(after(examined("fit"), examined("unfit", 2), open())).medical, "the latest result counts");
  t.ok(metBy(after(examined("unfit"), examined("fit", 2), open())).medical, "a second examination counts");
});

t.test("whichever comes last of dossier and visa completes the stage in the same append", async (t) => {
  const withoutOrientation = after(...collected, submit(), grant);
  t.same(givenDossier(...withoutOrientation).when(oriented()), [
    "OrientationNoted",
    "RequirementMet",
    "DossierCompleted",
    "VisaStageCompleted",
  ]);
  const complete = after(...collected, oriented(), submit());
  t.same(givenDossier(...complete).when(grant), ["VisaGranted", "VisaStageCompleted"]);
  const noVisa = open(1, { workVisa: false, language: null, certificate: false, orientation: null, medical: false });
  t.same(givenDossier(...after(noVisa, upload(1), verify(1))).when(sign()), [
    "ContractSigned",
    "RequirementMet",
    "DossierCompleted",
    "VisaStageCompleted",
  ]);
});

t.test("the stage is completed once a round, also when an item falls away and comes back", async (t) => {
  const done = after(...collected, oriented(), submit(), grant, upload(2, { replaces: id(101) }));
  t.equal(givenDossier(...done).state.lifecycle.complete, false);
  t.same(givenDossier(...done).when(verify(2)), ["DocumentVerified", "RequirementMet", "DossierCompleted"]);
});

t.test("a document is uploaded before it is named, judged once, and replaced only by its own kind", async (t) => {
  t.equal(givenDossier().when(upload(1, { file: undefined })), "file-not-uploaded");
  const uploaded = after(upload(1));
  t.equal(givenDossier(...uploaded).when(upload(2, { sha256: hash(1) })), "already-done");
  t.equal(givenDossier(...uploaded).when(upload(2, { replaces: id(199) })), "unknown-document");
  t.equal(givenDossier(...uploaded).when(upload(2, { kind: "photo", replaces: id(101) })), "replaces-other-kind");
  t.same(givenDossier(...uploaded).when(upload(2, { replaces: id(101) })), ["DocumentUploaded", "DocumentReplaced"]);
  const reject = { type: "RejectDocument", documentId: id(101), reason: "blurred" } as const;
  t.same(givenDossier(...uploaded).when(reject), ["DocumentRejected"]);
  t.equal(givenDossier(...after(upload(1), reject)).when(verify(1)), "document-rejected");
  t.equal(givenDossier(...after(upload(1), reject)).when(reject), "already-done");
  t.equal(givenDossier(...after(upload(1), verify(1))).when(verify(1)), "already-done");
  t.equal(givenDossier(...after(upload(1), verify(1))).when(reject), "document-verified");
  const replaced = after(upload(1), upload(2, { replaces: id(101) }));
  t.equal(givenDossier(...replaced).when(verify(1)), "document-replaced");
  t.equal(givenDossier(...replaced).when(upload(3, { replaces: id(101) })), "document-replaced");
  t.equal(givenDossier().when(verify(1)), "unknown-document");
});

t.test("health papers are special data, others personal, and the hash is the event's evidence", async (t) => {
  const classOf = (kind: string) => {
    const decision = givenDossier().decide(upload(1, { kind }));
    return decision.accepted ? decision.facts[0]?.evidence?.[0]?.classification : undefined;
  };
  t.equal(classOf("passport"), "personal");
  t.equal(classOf("medical-certificate"), "special");
  t.equal(classOf("police-clearance"), "special");
});

t.test("a passport is verified only where zone and form agree; a contradiction rejects it on record", async (t) => {
  const uploaded = givenDossier(...after(open(), upload(1)));
  t.same(uploaded.when(verify(1)), ["DocumentVerified", "RequirementMet"]);
  t.equal(uploaded.when(verify(1, { zone: { kind: "none" } })), "zone-missing");
  t.equal(uploaded.when(verify(1, { zone: { kind: "unreadable" } })), "zone-unreadable");
  t.equal(uploaded.when(verify(1, { zone: { kind: "misread" } })), "zone-misread");
  t.equal(uploaded.when(verify(1, { zone: { kind: "no-form" } })), "form-not-available");
  const decision = uploaded.decide(verify(1, { zone: { kind: "compared", contradictions: ["pinfl"] } }));
  t.match(decision, {
    accepted: true,
    facts: [
      {
        type: "DocumentRejected",
        data: { check: "mrz", reason: "contradicts-form", contradictions: ["pinfl"] },
        reasonCode: "contradicts-form",
      },
    ],
  });
  const photo = givenDossier(...after(upload(1, { kind: "photo" })));
  t.same(photo.when(verify(1, { zone: { kind: "none" } })), ["DocumentVerified"], "other papers have no zone");
});

t.test("the passport outlives the contract by the corridor's months at every step that relies on it", async (t) => {
  const short = { neededUntil: "2028-12-01", lasts: false } as const;
  t.equal(givenDossier(...after(open(), upload(1))).when(verify(1, { passport: short })), "passport-expires-too-soon");
  t.equal(givenDossier(...after(open())).when(sign({ passport: short })), "passport-expires-too-soon");
  t.equal(givenDossier(...after(...collected)).when(submit({ passport: short })), "passport-expires-too-soon");
  const unknown = { ...lasting, lasts: "unknown" } as const;
  t.equal(givenDossier(...after(open())).when(sign({ passport: unknown })), "form-not-available");
});

t.test("only the terms of the offer are signed, once, by a case that is active", async (t) => {
  const opened = givenDossier(...after(open()));
  t.same(opened.when(sign()), ["ContractSigned", "RequirementMet"]);
  t.equal(givenDossier().when(sign()), "dossier-not-opened");
  t.equal(opened.when(sign({ isUploaded: false })), "file-not-uploaded");
  t.equal(opened.when(sign({ standing: "suspended" })), "case-not-active");
  const lower = { ...terms, wageMonth: { minor: 200_000, currency: "EUR" } };
  t.match(opened.decide(sign({ terms: lower })), {
    refusal: { code: "terms-differ-from-offer", params: { fields: "wage" } },
  });
  t.equal(opened.when(sign({ terms: { ...terms, isco: "9313" } })), "terms-differ-from-offer");
  t.equal(opened.when(sign({ terms: { ...terms, hoursPerWeek: 60 } })), "terms-differ-from-offer");
  t.equal(givenDossier(...after(open(), sign())).when(sign()), "already-done");
  t.equal(givenDossier(...after(open(), sign())).when(sign({ sha256: hash(51) })), "contract-already-signed");
});

t.test("an examination is ordered one at a time; a failed one takes the item away", async (t) => {
  const order = { type: "OrderMedical", examinationId: id(201), orderedOn: today } as const;
  t.same(givenDossier().when(order), ["MedicalOrdered"]);
  t.equal(givenDossier(...after(order)).when({ ...order, examinationId: id(202) }), "examination-open");
  t.same(givenDossier(...after(order)).when(examined("fit")), ["MedicalPassed"]);
  t.equal(givenDossier(...after(examined("fit"))).when(examined("fit")), "already-done");
  const failed = after(...collected, oriented(), examined("unfit", 2));
  t.notOk(metBy(failed).medical);
  t.equal(statusAfter(failed), "collecting");
  t.same(givenDossier(...failed).when(examined("fit", 3)), ["MedicalPassed", "RequirementMet", "DossierCompleted"]);
});

t.test("an early fact of a round before the first one is taken; what needs the round is refused", async (t) => {
  for (const command of [submit(), grant, refuseVisa, sign()])
    t.equal(givenDossier(...after(upload(1))).when(command), "dossier-not-opened", command.type);
});

t.test("a dossier with nothing but early facts is not open yet", async (t) => {
  t.equal(statusAfter(after(certificate("language"), upload(1))), "unopened");
});
