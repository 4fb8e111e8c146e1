import t from "tap";
import { employer, vacancy } from "../src/aggregates.ts";
import { given } from "./support/histories.ts";
import {
  applicationId,
  caseId,
  position,
  published,
  released,
  requirements,
  reserved,
  taken,
  terms,
  vacancyData,
} from "./support/selections.ts";

const publish = (dates: object) => ({ type: "PublishVacancy", vacancy: { ...vacancyData, ...dates } });
const revise = (changes: object) => ({ type: "ReviseVacancy", reason: "employer-asked", changes });
const reserve = (n: number) => ({ type: "ReservePosition", ...position(n) });
const take = (n: number) => ({ type: "TakePosition", ...position(n) });
const release = (n: number) => ({ type: "ReleasePosition", ...position(n), reason: "offer-declined" });
const fix = (criteriaVersion: number) => ({ type: "FixCriteria", criteriaVersion, applicationId, caseId });
const fixed = { type: "CriteriaFixed", data: { criteriaVersion: 1, applicationId, caseId } };

t.test("a vacancy entered on the third day after the contract is in time", async (t) => {
  const { outcome, facts } = given(vacancy)(publish({ contractSignedOn: "2026-02-13" }));
  t.same(outcome, ["VacancyPublished"]);
  t.same(facts[0]?.data["warnings"], []);
  t.equal(facts[0]?.data["criteriaVersion"], 1);
});

t.test("a vacancy entered on the fourth day is published, with a warning and the delay on record", async (t) => {
  const { outcome, facts } = given(vacancy)(publish({ contractSignedOn: "2026-02-12" }));
  t.same(outcome, ["VacancyPublished", "VacancyEntryOverdue"]);
  t.same(facts[0]?.data["warnings"], ["entered-after-deadline"]);
  t.match(facts[1]?.data, { policy: "vacancy-entry", dueOn: "2026-02-15", enteredOn: "2026-02-16" });
});

t.test("a warning that the list gave already is not given twice", async (t) => {
  const warned = { contractSignedOn: "2026-02-01", warnings: ["entered-after-deadline"] };
  t.same(given(vacancy)(publish(warned)).facts[0]?.data["warnings"], ["entered-after-deadline"]);
});

t.test("a vacancy is published once, and nothing is done to one that is not", async (t) => {
  t.same(given(vacancy, published)(publish({})).outcome, ["already-done!"]);
  t.same(given(vacancy)(reserve(1)).outcome, ["vacancy-not-published!"]);
  t.same(given(vacancy)(revise({ positions: 3 })).outcome, ["vacancy-not-published!"]);
});

t.test("an offer reserves a position while one is open", async (t) => {
  t.same(given(vacancy, published, reserved(1))(reserve(2)).outcome, ["PositionReserved"]);
});

t.test("no offer is made beyond the open positions, whether the others are reserved or taken", async (t) => {
  t.same(given(vacancy, published, reserved(1), reserved(2))(reserve(3)).outcome, ["no-open-position!"]);
  t.same(given(vacancy, published, reserved(1), taken(1), reserved(2))(reserve(3)).outcome, ["no-open-position!"]);
});

t.test("a reserved position becomes taken once", async (t) => {
  t.same(given(vacancy, published, reserved(1))(take(1)).outcome, ["PositionTaken"]);
  t.same(given(vacancy, published, reserved(1), taken(1))(take(1)).outcome, ["already-done!"]);
  t.same(given(vacancy, published)(take(1)).outcome, ["position-not-reserved!"]);
});

t.test("the last position taken fills the vacancy", async (t) => {
  const last = given(vacancy, published, reserved(1), taken(1), reserved(2))(take(2));
  t.same(last.outcome, ["PositionTaken", "VacancyFilled"]);
});

t.test("a position that returns can be offered again, also from a filled vacancy", async (t) => {
  const filled = { type: "VacancyFilled", data: { positions: 2 } };
  const history = [published, reserved(1), taken(1), reserved(2), taken(2), filled];
  const back = given(vacancy, ...history)(release(1));
  t.same(back.outcome, ["PositionReleased"]);
  t.equal(back.facts[0]?.data["wasTaken"], true);
  t.same(given(vacancy, ...history, released(1))(reserve(3)).outcome, ["PositionReserved"]);
  t.same(given(vacancy, ...history, released(1))(release(1)).outcome, ["already-done!"]);
});

t.test("a revision records only what changes", async (t) => {
  const { facts, outcome } = given(vacancy, published)(revise({ positions: 3, contractMonths: 24, terms }));
  t.same(outcome, ["VacancyRevised"]);
  t.strictSame(facts[0]?.data, { reason: "employer-asked", positions: 3 });
  t.same(given(vacancy, published)(revise({ requirements: { ...requirements } })).outcome, ["already-done!"]);
});

t.test("positions are not revised below those that are held", async (t) => {
  t.same(given(vacancy, published, reserved(1), reserved(2))(revise({ positions: 1 })).outcome, [
    "positions-below-held!",
  ]);
});

t.test("positions revised to those that are taken fill the vacancy", async (t) => {
  t.same(given(vacancy, published, reserved(1), taken(1))(revise({ positions: 1 })).outcome, [
    "VacancyRevised",
    "VacancyFilled",
  ]);
});

t.test("other requirements make another criteria version while nobody has applied", async (t) => {
  const { facts } = given(vacancy, published)(revise({ requirements: { minAge: 25 } }));
  t.match(facts[0]?.data, { requirements: { minAge: 25 }, criteriaVersion: 2 });
});

t.test("once somebody has applied the requirements stay as they are, and only those", async (t) => {
  t.same(given(vacancy, published, fixed)(revise({ requirements: {} })).outcome, ["criteria-fixed!"]);
  t.same(given(vacancy, published, fixed)(revise({ positions: 5 })).outcome, ["VacancyRevised"]);
});

t.test("two first applicants at once both fix the same criteria", async (t) => {
  t.same(given(vacancy, published, fixed)(fix(1)).outcome, ["CriteriaFixed"]);
});

t.test("who saw criteria that have changed since does not apply by them", async (t) => {
  const revision = { type: "VacancyRevised", data: { reason: "mistake", requirements: {}, criteriaVersion: 2 } };
  t.same(given(vacancy, published, revision)(fix(1)).outcome, ["criteria-changed!"]);
  t.same(given(vacancy, published, revision)(fix(2)).outcome, ["CriteriaFixed"]);
  t.same(given(vacancy, published, fixed)({ type: "KeepCriteria" }).outcome, ["already-done!"]);
});

t.test("an employer is registered once, and each of its contracts once", async (t) => {
  const registered = { type: "EmployerRegistered", data: { name: "ARYA" } };
  const contract = { contractId: caseId, kind: "partner-contract", number: "7", signedOn: "2026-02-02" };
  const sign = { type: "SignPartnerContract", contract };
  t.same(given(employer)({ type: "RegisterEmployer", employer: { name: "ARYA" } }).outcome, ["EmployerRegistered"]);
  t.same(given(employer, registered)({ type: "RegisterEmployer", employer: { name: "ARYA" } }).outcome, [
    "already-done!",
  ]);
  t.same(given(employer)(sign).outcome, ["employer-not-registered!"]);
  t.same(given(employer, registered)(sign).outcome, ["PartnerContractSigned"]);
  const signed = { type: "PartnerContractSigned", data: contract };
  t.same(given(employer, registered, signed)(sign).outcome, ["already-done!"]);
  t.same(
    given(employer, registered, signed)({ ...sign, contract: { ...contract, kind: "memorandum" } }).outcome,
    ["PartnerContractSigned"],
    "another kind of agreement is another agreement",
  );
});
