import t, { type Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode } from "@safar/testing";
import { openMemoryVault, type Vault } from "@safar/vault";
import { registration } from "../src/index.ts";
import { done } from "./support/doors.ts";

/** The vault finds a person by what the log says, whoever else was about to say something. */

/** One call of the vault that waits: `reached` tells that it does, `release` lets it go on. */
const holding = (call: "findPersons" | "indexPerson") => {
  const memory = openMemoryVault({ environment: realEnvironment() });
  const reached = Promise.withResolvers<undefined>();
  const held = Promise.withResolvers<undefined>();
  let isArmed = false;
  const pass = async <Result>(go: () => Promise<Result>): Promise<Result> => {
    if (!isArmed) return go();
    isArmed = false;
    reached.resolve(undefined);
    await held.promise;
    return go();
  };
  const vault: Vault = {
    ...memory,
    ...(call === "findPersons" && { findPersons: (...given) => pass(() => memory.findPersons(...given)) }),
    ...(call === "indexPerson" && { indexPerson: (...given) => pass(() => memory.indexPerson(...given)) }),
  };
  return {
    vault,
    reached: reached.promise,
    arm: () => void (isArmed = true),
    release: () => held.resolve(undefined),
  };
};

const PHONES = ["+998901112233", "+998901112244"] as const;

const openDoors = async (t: Test, vault: Vault) => {
  // What the doors leave is left: no reaction mends it afterwards.
  const node = await startTestNode(t, { services: [{ ...registration, reactions: [] }], vault });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  return {
    registrar,
    found: async (phone: string): Promise<readonly string[]> => {
      await node.settled();
      const { body } = await registrar.post("/registration/cases/search", { phone });
      return (body as { items: { caseId: string }[] }).items.map(({ caseId }) => caseId);
    },
  };
};

t.test("a registration that is refused, since another door was faster, changes nothing of the person", async (t) => {
  const { vault, reached, arm, release } = holding("findPersons");
  const { registrar, found } = await openDoors(t, vault);
  arm();
  const slow = registrar.post("/registration/cases", candidateBody(1, { phone: PHONES[1] }));
  await reached;
  const caseId = done(await registrar.post("/registration/cases", candidateBody(1, { phone: PHONES[0] })));
  release();
  t.match(await slow, { status: 409, body: { code: "open-journey-exists" } });
  t.same(await found(PHONES[0]), [caseId]);
  t.same(await found(PHONES[1]), []);
});

t.test("of two corrections at once the later one in the log counts, whichever reaches the vault last", async (t) => {
  const { vault, reached, arm, release } = holding("indexPerson");
  const { registrar, found } = await openDoors(t, vault);
  const caseId = done(await registrar.post("/registration/cases", candidateBody(1)));
  const correct = (phone: string) =>
    registrar.post(`/registration/cases/${caseId}/corrections`, { reason: "misspelt", phone });
  arm();
  const slow = correct(PHONES[0]);
  await reached;
  done(await correct(PHONES[1]));
  release();
  done(await slow);
  t.same(await found(PHONES[1]), [caseId]);
  t.same(await found(PHONES[0]), []);
});
