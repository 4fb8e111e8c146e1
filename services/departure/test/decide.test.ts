import t from "tap";
import {
  arrived,
  cleared,
  covered,
  dossier,
  exited,
  givenDeparture,
  granted,
  id,
  met,
  opened,
  opening,
  requires,
  ticketed,
  type DepartureFact,
} from "./support/given.ts";

const TODAY = "2026-08-05";
const open = (given: object = {}) =>
  ({ type: "OpenClearance", opening: opening(), by: "visa-stage-2", mayGrant: true, on: TODAY, ...given }) as const;
const cover = (given: object = {}) =>
  ({
    type: "MarkCover",
    cover: { policyId: id(31), round: id(1), validFrom: "2026-08-01", validUntil: "2028-08-01" },
    mayGrant: true,
    on: TODAY,
    ...given,
  }) as const;
const request = { type: "RequestClearance", caseIsHeldOrEnded: false, on: TODAY } as const;
const stop = (stoppedAs: "held" | "cancelled") =>
  ({ type: "StopDeparture", reason: "case-suspended", stoppedAs }) as const;
const revoked = (stoppedAs: "held" | "cancelled", reason = "case-suspended"): DepartureFact => ({
  type: "ClearanceRevoked",
  data: { round: id(1), reason, stoppedAs },
});
const visaRefused = (round = 1): DepartureFact => ({
  type: "ClearanceRefused",
  data: { round: id(round), missing: ["visa"], reason: "visa-refused" },
});
const endCover = { type: "EndCover", policyId: id(31), reason: "premium-unpaid", on: TODAY } as const;

t.test("clearance opens with what the dossier vouches for, and waits for cover", async (t) => {
  const facts = givenDeparture().facts(open());
  t.equal(facts[0]?.type, "ClearanceOpened");
  t.same(
    facts.flatMap((fact) => (fact.type === "RequirementMet" ? [fact.data.requirement] : [])),
    ["dossier", "visa", "language", "certificate", "orientation"],
  );
  t.notOk(facts.some(({ type }) => type === "ClearanceGranted"));
});

t.test("a corridor without a visa asks for none", async (t) => {
  const without = opening(1, { workVisa: false, language: null, certificate: false, orientation: null, medical: true });
  const facts = givenDeparture().facts(open({ opening: without }));
  t.same(
    facts.flatMap((fact) => (fact.type === "RequirementMet" ? [fact.data.requirement] : [])),
    ["dossier", "medical"],
  );
});

t.test("clearance is granted in the append that meets its last item, whichever it is", async (t) => {
  t.same(givenDeparture(opened(), ...dossier()).when(cover()), ["CoverMarkedInForce", "ClearanceGranted"]);
  t.equal(givenDeparture(covered()).facts(open()).at(-1)?.type, "ClearanceGranted", "cover came before the visa");
});

t.test("nothing is granted while something holds the case", async (t) => {
  t.same(givenDeparture(opened(), ...dossier()).when(cover({ mayGrant: false })), ["CoverMarkedInForce"]);
});

t.test("cover counts for its own round, until it ends", async (t) => {
  const later = cover({ cover: { policyId: id(31), round: id(2), validFrom: "2026-08-01", validUntil: "2028-08-01" } });
  const expired = cover({
    cover: { policyId: id(31), round: id(1), validFrom: "2025-08-01", validUntil: "2026-08-04" },
  });
  t.same(givenDeparture(opened(), ...dossier()).when(later), ["CoverMarkedInForce"]);
  t.same(givenDeparture(opened(), ...dossier()).when(expired), ["CoverMarkedInForce"]);
  t.equal(givenDeparture(covered()).when(cover()), "already-done");
});

t.test("a certificate or an orientation counts whenever it came, if it is the right one", async (t) => {
  const asked = (...facts: readonly DepartureFact[]) => {
    const round = { round: id(1), by: "visa-stage" };
    const rest = [met("dossier", round), met("visa", round), met("certificate"), covered()];
    const [refused] = givenDeparture(...facts, opened(), ...rest).facts(request);
    return refused?.type === "ClearanceRefused" ? refused.data.missing : [];
  };
  const language = (given: object = {}) => met("language", { language: "de", cefr: "B1", ...given });
  const orientation = (destination: string) => met("orientation", { destination });
  t.same(asked(language(), orientation("DE")), []);
  t.same(asked(language({ cefr: "A2" }), orientation("DE")), ["language"]);
  t.same(asked(language({ validUntil: "2026-08-04" }), orientation("DE")), ["language"]);
  t.same(asked(language(), orientation("TR")), ["orientation"]);
});

t.test("a requirement is met once by the same event, and grants what was waiting for it", async (t) => {
  const proof = { requirement: "certificate", by: "event-9" } as const;
  const meet = { type: "MeetRequirement", proof, mayGrant: true, on: TODAY } as const;
  const rest = dossier().filter((fact) => fact.type !== "RequirementMet" || fact.data.requirement !== "certificate");
  t.same(givenDeparture().when(meet), ["RequirementMet"], "before clearance was opened");
  t.equal(givenDeparture(met("certificate", { by: "event-9" })).when(meet), "already-done");
  t.same(givenDeparture(met("certificate", { by: "event-8" })).when(meet), ["RequirementMet"], "another certificate");
  t.same(givenDeparture(met("language", { by: "event-9" })).when(meet), ["RequirementMet"], "another requirement");
  t.same(givenDeparture(opened(), ...rest, covered()).when(meet), ["RequirementMet", "ClearanceGranted"]);
});

t.test("a clearance that is asked for too early is refused on record, with every item that is missing", async (t) => {
  t.match(givenDeparture(opened(), met("visa", { round: id(1) })).facts(request), [
    {
      type: "ClearanceRefused",
      data: { missing: ["dossier", "language", "certificate", "orientation", "insurance"], reason: "items-missing" },
    },
  ]);
  t.match(givenDeparture().facts(request), [{ data: { missing: ["dossier", "insurance"] } }]);
  t.same(givenDeparture(opened(), ...dossier(), covered()).when(request), ["ClearanceGranted"]);
});

t.test("clearance is not asked for twice, nor for a case that is held, nor after the exit", async (t) => {
  t.equal(givenDeparture(...cleared).when(request), "already-done");
  t.equal(givenDeparture(opened()).when({ ...request, caseIsHeldOrEnded: true }), "case-not-active");
  t.equal(givenDeparture(opened(), exited()).when(request), "has-already-left");
});

t.test("who left without a clearance is not cleared afterwards", async (t) => {
  t.notOk(
    givenDeparture(exited({ round: undefined }), covered())
      .facts(open())
      .some(({ type }) => type === "ClearanceGranted"),
  );
});

t.test(
  "a clearance that relied on a policy is held when the policy ends, and granted again with another",
  async (t) => {
    t.same(givenDeparture(...cleared).when(endCover), ["CoverEnded", "ClearanceRevoked"]);
    t.same(givenDeparture(opened(), covered()).when(endCover), ["CoverEnded"]);
    t.same(givenDeparture(...cleared, exited()).when(endCover), ["CoverEnded"]);
    const another = { policyId: id(39), round: id(1), validFrom: "2026-08-01", validUntil: "2028-08-01" };
    t.same(givenDeparture(...cleared, covered(1, another)).when(endCover), ["CoverEnded"], "another one covers too");
    const ended: DepartureFact = { type: "CoverEnded", data: { policyId: id(31), reason: "premium-unpaid" } };
    t.same(givenDeparture(...cleared, ended, revoked("held")).when(cover({ cover: another })), [
      "CoverMarkedInForce",
      "ClearanceGranted",
    ]);
    t.equal(givenDeparture(covered(), ended).when(endCover), "already-done");
    t.equal(givenDeparture().when(endCover), "already-done", "a policy that never began to cover");
    t.same(givenDeparture(covered(), ended).when(cover()), ["CoverMarkedInForce"], "the same policy, in force again");
  },
);

t.test("no clearance without a visa, opened or not", async (t) => {
  const bar = { type: "BarClearance", round: id(1) } as const;
  t.same(givenDeparture().when(bar), ["ClearanceRefused"]);
  t.same(givenDeparture(opened()).when(bar), ["ClearanceRefused"]);
  t.same(givenDeparture(...cleared, ticketed()).when(bar), ["TicketCancelled", "ClearanceRevoked", "ClearanceRefused"]);
  t.equal(givenDeparture(visaRefused()).when(bar), "already-done");
  t.same(givenDeparture(...cleared, ticketed()).when({ ...bar, round: id(2) }), ["ClearanceRefused"], "another round");
  t.equal(givenDeparture(...cleared, exited()).when(bar), "already-done");
  t.equal(givenDeparture(visaRefused()).status, "cancelled");
  t.equal(givenDeparture(...cleared, visaRefused(2)).status, "ready", "a refusal in another round");
});

t.test("after a refused visa the visa is what is missing, whatever was met before", async (t) => {
  const asked = givenDeparture(opened(), ...dossier(), covered(), visaRefused()).facts(request);
  t.match(asked, [{ type: "ClearanceRefused", data: { missing: ["visa"], reason: "items-missing" } }]);
  const later = givenDeparture(opened(), ...dossier(), covered(), visaRefused(2)).facts(request);
  t.match(later, [{ type: "ClearanceGranted" }], "refused in another round");
});

t.test("an appeal that succeeds opens the same round again", async (t) => {
  t.equal(givenDeparture(...cleared, visaRefused()).facts(open())[0]?.type, "ClearanceOpened");
  t.equal(givenDeparture(...cleared, visaRefused(), opened()).status, "clearance");
  t.equal(givenDeparture(opened(), ...dossier()).when(open()), "already-done");
});

t.test("a further round starts afresh, and the ticket of the last one goes back", async (t) => {
  const next = open({ opening: opening(2) });
  t.same(
    givenDeparture(...cleared, ticketed())
      .when(next)
      .slice(0, 2),
    ["TicketCancelled", "ClearanceOpened"],
  );
  t.equal(givenDeparture(...cleared, ticketed(), exited(), arrived()).facts(next)[0]?.type, "ClearanceOpened");
  t.equal(givenDeparture(...cleared, exited(), arrived(), opened(2)).status, "clearance");
});

t.test("who has arrived may depart anew by the same offer", async (t) => {
  t.equal(givenDeparture(...cleared, exited(), arrived()).facts(open())[0]?.type, "ClearanceOpened");
  t.equal(givenDeparture(...cleared, exited()).when(open()), "already-done", "still under way");
  t.equal(givenDeparture(...cleared, exited(), arrived()).when(open({ by: "visa-stage" })), "already-done", "old news");
  t.equal(givenDeparture(...cleared, exited(), arrived(), opened()).status, "clearance");
});

t.test("who stops gives the ticket back and loses the clearance, as long as they are in the country", async (t) => {
  t.same(givenDeparture(...cleared, ticketed()).when(stop("held")), ["TicketCancelled", "ClearanceRevoked"]);
  t.same(givenDeparture(opened()).when(stop("cancelled")), ["ClearanceRevoked"]);
  t.same(givenDeparture(...cleared, revoked("held")).when(stop("cancelled")), ["ClearanceRevoked"]);
  t.equal(givenDeparture(...cleared, revoked("held")).when(stop("held")), "already-done");
  t.equal(givenDeparture(...cleared, ticketed(), exited()).when(stop("cancelled")), "already-done");
  t.equal(givenDeparture().when(stop("held")), "already-done");
});

t.test("what was held goes on by itself; what was cancelled does not", async (t) => {
  const resume = { type: "ResumeDeparture", on: TODAY } as const;
  t.same(givenDeparture(...cleared, revoked("held")).when(resume), ["ClearanceOpened", "ClearanceGranted"]);
  t.same(givenDeparture(opened(), ...dossier(), revoked("held")).when(resume), ["ClearanceOpened"]);
  t.same(givenDeparture(opened(), ...dossier(), covered()).when(resume), ["ClearanceGranted"], "opened while held");
  t.equal(givenDeparture(...cleared, revoked("cancelled")).when(resume), "already-done");
  t.equal(givenDeparture(...cleared).when(resume), "already-done");
  t.equal(
    givenDeparture(...cleared, revoked("held"), exited()).when(resume),
    "already-done",
    "gone without a clearance",
  );
  t.equal(givenDeparture().when(resume), "already-done");
});

t.test("an officer may clear a cancelled round again, once its case is open", async (t) => {
  t.same(givenDeparture(...cleared, revoked("cancelled")).when(request), ["ClearanceGranted"]);
});

t.test("the requirement set of the round decides, not a later one", async (t) => {
  const facts = [opened(1, { language: null, certificate: false, orientation: null }), covered()];
  const round = { round: id(1), by: "visa-stage" };
  t.same(givenDeparture(...facts, met("dossier", round), met("visa", round)).when(request), ["ClearanceGranted"]);
  t.not(requires.language, null);
  t.same(givenDeparture(opened(), covered(), met("dossier", round), met("visa", round)).when(request), [
    "ClearanceRefused",
  ]);
  t.equal(givenDeparture(...facts, granted()).status, "ready");
});
