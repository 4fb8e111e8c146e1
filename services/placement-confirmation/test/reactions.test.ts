import t from "tap";
import { addDays, tashkentDate } from "@safar/kernel";
import { done, openDoors, pathOf } from "./support/doors.ts";
import {
  arrived,
  arrivedAt,
  closed,
  departure,
  exited,
  exitedAt,
  identityVerified,
  merged,
  registration,
  reopened,
  roundOf,
  sign,
  suspended,
  unmerged,
  withdrew,
} from "./support/elsewhere.ts";
import { signed } from "./support/given.ts";

const doors = await openDoors(t);
const { agency, employer, node } = doors;
const { kit } = node;
const confirmation = { startedOn: "2026-06-03", contract: signed };

t.test("the contract of the visa stage is noted, and the exit opens the placement", async (t) => {
  const caseId = await doors.opened();
  const [noted, opened] = await doors.recorded(caseId);
  t.match(noted, { type: "ReferenceContractNoted", data: { round: roundOf(caseId), ...signed } });
  t.match(opened, {
    type: "PlacementOpened",
    data: { round: roundOf(caseId), startsAbroad: false, exitedAt },
    meta: { caseId, destination: "DE", unit: "1726", actor: { kind: "system", id: "placement-confirmation" } },
  });
  t.ok(opened?.meta.causationId);
});

t.test("from the arrival on the days of the confirmation count, heard of before the exit or after it", async (t) => {
  const caseId = await doors.opened();
  await departure(kit, caseId, arrived(roundOf(caseId)));
  t.equal((await doors.shown(caseId)).data.claims.arrivedAt, arrivedAt);
  const other = await doors.newCase();
  await departure(kit, other, arrived(undefined));
  await node.settled();
  await departure(kit, other, exited(roundOf(other)));
  t.equal((await doors.shown(other)).data.claims.arrivedAt, arrivedAt);
});

t.test("an exit that names no round opens that of the contract signed last", async (t) => {
  const caseId = await doors.newCase();
  await sign(kit, caseId);
  await node.settled();
  await departure(kit, caseId, exited(undefined));
  await node.settled();
  t.match((await doors.recorded(caseId)).at(-1), {
    type: "PlacementOpened",
    data: { round: roundOf(caseId), late: true },
  });
});

t.test("a journey that starts abroad opens with the proven identity, and no other does", async (t) => {
  const caseId = await doors.newCase();
  await registration(kit, caseId, identityVerified(true));
  await node.settled();
  t.match((await doors.recorded(caseId)).at(-1), {
    type: "PlacementOpened",
    data: { round: caseId, startsAbroad: true },
  });
  const other = await doors.newCase();
  await registration(kit, other, identityVerified(false));
  await node.settled();
  t.same(await doors.typesOf(other), []);
});

t.test("what was said before the exit confirms at the exit, and check-ins are due from then", async (t) => {
  const caseId = await doors.newCase();
  await sign(kit, caseId);
  await node.settled();
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  done(await employer.post(pathOf(caseId, "employer-confirmations"), confirmation));
  await departure(kit, caseId, exited(roundOf(caseId)));
  await node.settled();
  const today = tashkentDate(kit.environment.clock.now());
  t.same((await doors.typesOf(caseId)).slice(-3), ["PlacementOpened", "PlacementConfirmed", "CheckInsScheduled"]);
  t.match((await doors.recorded(caseId)).at(-1)?.data, {
    dueOn: [30, 90, 180].map((days) => addDays(today, days)),
    policyVersion: 1,
  });
});

t.test("a placement that nobody confirmed ends with its journey", async (t) => {
  for (const [fact, cause] of [
    [withdrew, "candidate-withdrew"],
    [closed, "case-closed"],
    [merged, "case-merged"],
  ] as const) {
    const caseId = await doors.opened();
    await registration(kit, caseId, fact);
    await node.settled();
    t.match((await doors.recorded(caseId)).at(-1), { type: "PlacementAnnulled", data: { cause } });
  }
});

t.test("neither a hold nor the journey's end changes what was confirmed", async (t) => {
  const caseId = await doors.opened();
  await registration(kit, caseId, suspended);
  t.equal((await doors.shown(caseId)).state, "opened");
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  done(await employer.post(pathOf(caseId, "employer-confirmations"), confirmation));
  await registration(kit, caseId, closed);
  t.equal((await doors.shown(caseId)).state, "confirmed");
  t.notOk((await doors.typesOf(caseId)).includes("ReactionRefused"), "nothing was even tried");
});

t.test("a merge that is undone gives the placement back; a further departure opens its own", async (t) => {
  const caseId = await doors.opened();
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  await registration(kit, caseId, merged);
  t.equal((await doors.shown(caseId)).state, "annulled");
  await registration(kit, caseId, unmerged);
  t.equal((await doors.shown(caseId)).state, "reported");
  await registration(kit, caseId, closed);
  await registration(kit, caseId, reopened);
  t.equal((await doors.shown(caseId)).state, "annulled");
  await sign(kit, caseId, 2);
  await node.settled();
  await departure(kit, caseId, exited(roundOf(caseId, 2)));
  const shown = await doors.shown(caseId);
  t.same([shown.state, shown.data.lifecycle.round], ["opened", roundOf(caseId, 2)]);
  const abroad = await doors.newCase();
  await registration(kit, abroad, identityVerified(true), closed, reopened);
  t.equal((await doors.shown(abroad)).state, "opened", "who is abroad has no further departure");
});

t.test("no reaction was refused but for what was done already", async (t) => {
  await node.settled();
  const alarms: unknown[] = [];
  for await (const stored of kit.store.readAll())
    if (stored.type === "ReactionRefused") alarms.push(kit.decoder.decode(stored).data);
  t.same(
    alarms.filter((data) => (data as { alarm: boolean }).alarm),
    [],
  );
});
