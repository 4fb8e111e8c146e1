import { createHash } from "node:crypto";
import t from "tap";
import { MAX_FILE_BYTES } from "../src/http/files.ts";
import { nowhere, openDoors, pdf, PDF } from "./support/doors.ts";

const doors = await openDoors(t);
const { node, officer } = doors;
const { kit } = node;

const filesOf = (caseId: string) => `/visa-docs/cases/${caseId}/files`;
const bytesOf = async (path: string, token: string | undefined): Promise<Response> =>
  fetch(`${node.address}${path}`, { headers: { authorization: `Bearer ${token ?? ""}` } });
const readings = async (caseId: string) => {
  const events = [];
  for await (const stored of kit.store.readStream(`access-${caseId}`))
    events.push(JSON.parse(Buffer.from(stored.data).toString()) as { what: string; fields: string[] });
  return events;
};

t.test("a file is told by its first bytes, whatever it is called", async (t) => {
  const caseId = await doors.newCase();
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46);
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
  for (const [bytes, mediaType] of [
    [pdf("x"), PDF],
    [jpeg, "image/jpeg"],
    [png, "image/png"],
  ] as const) {
    const { status, body, headers } = await officer.send(filesOf(caseId), bytes, { "content-type": "image/gif" });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    t.same([status, body], [201, { sha256, size: bytes.byteLength, mediaType }]);
    t.equal(headers.get("location"), `${filesOf(caseId)}/${sha256}`);
  }
});

t.test("what is no scan is not taken", async (t) => {
  const caseId = await doors.newCase();
  for (const bytes of [new TextEncoder().encode("<html></html>"), new Uint8Array(), Uint8Array.of(0x25, 0x50)]) {
    const { status, body } = await officer.send(filesOf(caseId), bytes, { "content-type": PDF });
    t.same([status, body.code], [415, "unsupported-media-type"]);
  }
  const untyped = await officer.send(filesOf(caseId), pdf("x"));
  t.equal(untyped.status, 201, "a content type is not asked for");
});

t.test("a file beyond the limit is stopped on its way, whatever length it was announced with", async (t) => {
  const caseId = await doors.newCase();
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = new Uint8Array(256 * 1024);
      if (sent === 0) chunk.set(pdf("endless"));
      sent += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  const outcome = await fetch(`${node.address}${filesOf(caseId)}`, {
    method: "POST",
    headers: { authorization: `Bearer ${officer.token ?? ""}`, "content-type": PDF },
    body: endless,
    duplex: "half",
  }).then(
    async (response) => ({ status: response.status, code: ((await response.json()) as { code: string }).code }),
    (error: unknown) => ({ status: 0, code: String((error as Error).cause) }),
  );
  t.same(outcome, { status: 413, code: "body-too-large" });
  t.ok(sent < 4 * MAX_FILE_BYTES, "the rest was not waited for");
  t.same((await officer.send(filesOf(caseId), pdf("x"), { "content-type": PDF })).status, 201, "the door stays open");
});

t.test("the same bytes are the same file, and each case has its own", async (t) => {
  const [one, other] = [await doors.newCase(), await doors.newCase()];
  const first = await doors.upload(one, "shared");
  t.equal(await doors.upload(one, "shared"), first);
  t.equal((await bytesOf(`${filesOf(other)}/${first}`, officer.token)).status, 404);
  const refused = await officer.post(`/visa-docs/cases/${other}/documents`, { kind: "photo", sha256: first });
  t.equal(refused.body.code, "file-not-uploaded");
});

t.test("the bytes come back as they were, after the reading is on record", async (t) => {
  const caseId = await doors.newCase();
  const sha256 = await doors.upload(caseId, "a long contract".repeat(20_000));
  t.same(await readings(caseId), []);
  const answer = await bytesOf(`${filesOf(caseId)}/${sha256}`, officer.token);
  t.equal(answer.status, 200);
  t.equal(answer.headers.get("content-type"), PDF);
  t.equal(answer.headers.get("x-content-type-options"), "nosniff");
  t.equal(answer.headers.get("cache-control"), "no-store");
  t.same(Buffer.from(await answer.arrayBuffer()), Buffer.from(pdf("a long contract".repeat(20_000))));
  t.same(await readings(caseId), [{ what: "visa-docs.ReadFile", fields: [`/files/${sha256}`] }]);
  t.equal((await bytesOf(`${filesOf(caseId)}/${"0".repeat(64)}`, officer.token)).status, 404);
  t.equal((await readings(caseId)).length, 1, "what is not there was not read");
});

t.test("no byte of a file is in the log, and nothing of it is left once the person is erased", async (t) => {
  const caseId = await doors.newCase();
  await doors.document(caseId);
  const sha256 = await doors.upload(caseId, "SECRET-SCAN");
  for await (const { data } of kit.store.readAll()) t.notMatch(Buffer.from(data).toString(), /SECRET-SCAN/);
  const header = await kit.executor.caseHeader(caseId);
  await kit.vault.destroyKey(header!.personId!);
  t.equal((await bytesOf(`${filesOf(caseId)}/${sha256}`, officer.token)).status, 404);
  const again = await officer.send(filesOf(caseId), pdf("more"), { "content-type": PDF });
  t.same([again.status, again.body.code], [409, "person-erased"]);
});

t.test("files are for who works on the case: the own unit, the own candidates, the own case", async (t) => {
  const caseId = await doors.newCase();
  const sha256 = await doors.upload(caseId, "scan");
  const path = `${filesOf(caseId)}/${sha256}`;
  const tokenOf = (persona: Parameters<typeof node.tokenOf>[0]) => node.tokenOf({ subject: "somebody", ...persona });
  const mayRead = [{ role: "registrar", unit: "1726" }, { role: "candidate", caseId }, { role: "auditor" }] as const;
  for (const persona of mayRead) t.equal((await bytesOf(path, await tokenOf(persona))).status, 200, persona.role);
  const mayNot = [
    { role: "registrar", unit: "1703" },
    { role: "candidate", caseId: nowhere },
    { role: "agency", unit: "XBA-7" },
    { role: "employer", unit: nowhere },
    { role: "operator" },
    { role: "insurer" },
    { role: "service" },
    { role: "admin" },
  ] as const;
  for (const persona of mayNot) t.equal((await bytesOf(path, await tokenOf(persona))).status, 403, persona.role);
  t.equal((await fetch(`${node.address}${path}`)).status, 401);
  t.equal((await node.anybody.send(filesOf(caseId), pdf("x"), { "content-type": PDF })).status, 401);
  const employer = await node.as({ role: "employer", unit: nowhere });
  t.equal((await employer.send(filesOf(caseId), pdf("x"), { "content-type": PDF })).status, 403);
  const stranger = await node.as({ role: "registrar", unit: "1703" });
  t.equal((await stranger.send(filesOf(caseId), pdf("x"), { "content-type": PDF })).body.code, "out-of-scope");
  t.equal((await officer.send(filesOf(nowhere), pdf("x"), { "content-type": PDF })).status, 404);
});
