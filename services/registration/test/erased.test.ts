import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode } from "@safar/testing";
import { openMemoryVault, type Vault } from "@safar/vault";
import { registration } from "../src/index.ts";

/** What was answered with success is answered so for ever, also of a person who was erased since. */

t.test("a copy of a registration that is slower than the erasure of its person hears what was answered", async (t) => {
  const memory = openMemoryVault({ environment: realEnvironment() });
  const held = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  let calls = 0;
  const vault: Vault = {
    ...memory,
    async indexPerson(...given) {
      calls += 1;
      if (calls === 1) {
        reached.resolve(undefined);
        await held.promise;
      }
      return memory.indexPerson(...given);
    },
  };
  const node = await startTestNode(t, { services: [registration], vault });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const register = () => registrar.post("/registration/cases", candidateBody(1), { key: "register-1" });
  const slow = register();
  await reached.promise;
  const fast = await register();
  t.equal(fast.status, 201);
  const header = await node.kit.executor.caseHeader(fast.body.caseId);
  await vault.destroyKey(header?.personId ?? "");
  held.resolve(undefined);
  const { status, body } = await slow;
  t.equal(status, 201);
  t.same(body, fast.body);
});

t.test("a correction that is sent again after its person was erased hears what was answered", async (t) => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const { caseId } = (await registrar.post("/registration/cases", candidateBody(1))).body;
  const correct = () =>
    registrar.post(
      `/registration/cases/${caseId}/corrections`,
      { reason: "typing-error", phone: "+998901112233" },
      { key: "correct-1" },
    );
  const first = await correct();
  t.equal(first.status, 200, JSON.stringify(first.body));
  const header = await node.kit.executor.caseHeader(caseId);
  await node.kit.vault.destroyKey(header?.personId ?? "");
  const again = await correct();
  t.equal(again.status, 200);
  t.same(again.body, first.body);
});
