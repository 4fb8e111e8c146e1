import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { streamIdOf } from "@safar/contracts";
import { realEnvironment } from "@safar/service-kit";
import { candidateCells, listOf, sendList, startTestNode } from "@safar/testing";
import { openEmbeddedVault } from "@safar/vault";
import { registration } from "../../src/index.ts";
import { eventsOf } from "./support/events.ts";

/** A list that cannot be read is refused before anything of it is taken, in words, and nothing of it stays. */

const IMPORTS = "/registration/imports";
const good = listOf([candidateCells(1), candidateCells(2)]);
const open = async (t: Parameters<typeof startTestNode>[0]) => {
  const environment = realEnvironment();
  const folder = await mkdtemp(join(tmpdir(), "safar-refused-"));
  // Before the node's own teardown, since the last one is called first: a good list may still be coming in.
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const vault = await openEmbeddedVault({ folder, masterKey: environment.random.bytes(32), environment });
  const node = await startTestNode(t, { services: [registration], vault });
  const nothingLeft = async (): Promise<void> => {
    const events = await eventsOf(node.kit, "import");
    const begun = events.filter(({ type }) => type === "ImportUploadBegan").map(({ stream }) => streamIdOf(stream));
    for (const id of begun)
      if ((await vault.findKey(`import-upload-${id}`)) !== "destroyed") throw new Error(`the key of ${id} is there`);
    const others = events.filter(({ type }) => !type.startsWith("ImportUpload"));
    if (others.length > 0) throw new Error(`there is ${others.map(({ type }) => type).join()}`);
    const files = await readdir(join(folder, "files"));
    if (files.length > 0) throw new Error(`there is ${files.join()}`);
  };
  return { node, registrar: await node.as({ role: "registrar", unit: "1726" }), nothingLeft };
};

const cyrillic = Buffer.from([0xca, 0xe0, 0xf0, 0xe8, 0xec, 0xee, 0xe2]);
const LISTS: readonly (readonly [what: string, list: string | Uint8Array, code: string, line: number])[] = [
  ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, "utf16le")]), "list-not-utf8", 1],
  ["windows-1251", Buffer.concat([Buffer.from(good), cyrillic]), "list-not-utf8", 4],
  ["an unclosed quotation mark", `${good}"3;16.02.2026`, "list-quote-unclosed", 4],
  ["a million columns", ";".repeat(1_000_000), "list-record-too-long", 1],
  ["a hundred columns", `${Array.from({ length: 100 }, (_, n) => `c${n}`).join(";")}\n`, "list-columns-too-many", 1],
  ["an unknown column", listOf([{ ...candidateCells(1), nickname: "x" }]), "list-columns-wrong", 1],
  ["a list of something else", "partner;country\nARYA;DE\n", "list-columns-wrong", 1],
  ["an empty file", "", "list-empty", 1],
  ["a mark and nothing else", "\uFEFF", "list-empty", 1],
];

t.test("a list that cannot be read is refused, with the line and in the sender's language", async (t) => {
  const { registrar, nothingLeft } = await open(t);
  for (const [what, list, code, line] of LISTS) {
    const { status, body, headers } = await sendList(registrar, IMPORTS, list, { "accept-language": "ru" });
    t.same([status, body.code, body.errors?.[0]?.pointer], [400, code, `/lines/${line}`], what);
    t.match(body.detail, /[а-я]/, `${what}: ${String(body.detail)}`);
    t.equal(headers.get("location"), null);
  }
  await t.resolves(nothingLeft());
  t.equal((await sendList(registrar, IMPORTS, good)).status, 202, "and then a good one is taken");
});

t.test("only a list is a body here, and a list is a body only here", async (t) => {
  const { registrar, nothingLeft } = await open(t);
  for (const type of ["application/json", "text/plain", "multipart/form-data", ""]) {
    const { status, body } = await sendList(registrar, IMPORTS, Buffer.from(good), { "content-type": type });
    t.same([status, body.code], [415, "unsupported-media-type"], type);
    t.match(body.detail, /text\/csv/);
  }
  t.equal((await registrar.send(IMPORTS, "")).status, 415);
  t.equal((await sendList(registrar, "/registration/cases/search", good)).status, 415);
  await t.resolves(nothingLeft());
});

t.test("a day that is none, and an unknown question, are told", async (t) => {
  const { registrar, nothingLeft } = await open(t);
  for (const query of ["asOf=2026-02-30", "asOf=16.02.2026", "asof=2026-02-16"])
    t.equal((await sendList(registrar, `${IMPORTS}?${query}`, good)).body.code, "invalid-request", query);
  await t.resolves(nothingLeft());
});

t.test("only a registrar sends lists of candidates", async (t) => {
  const { node, nothingLeft } = await open(t);
  for (const role of ["selector", "operator", "agency", "candidate", "auditor", "admin"] as const)
    t.equal((await sendList(await node.as({ role, unit: "1726" }), IMPORTS, good)).status, 403, role);
  t.equal((await sendList(node.anybody, IMPORTS, good)).status, 401);
  await t.resolves(nothingLeft());
});

/** Sends a head and some of the body, and gives the status, or undefined where the connection was broken. */
const sendPart = (
  address: string,
  token: string | undefined,
  headers: Readonly<Record<string, string>>,
  part: string,
  afterPart: "wait" | "break",
): Promise<number | undefined> =>
  new Promise((resolve) => {
    const sent = request(
      `${address}${IMPORTS}`,
      { method: "POST", headers: { authorization: `Bearer ${token ?? ""}`, "content-type": "text/csv", ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
        sent.destroy();
      },
    );
    sent.on("error", () => {
      resolve(undefined);
    });
    sent.write(part, () => {
      if (afterPart === "break") sent.destroy();
    });
  });

t.test("a list of more bytes than a list may have is refused before it is read", async (t) => {
  const { node, registrar, nothingLeft } = await open(t);
  const headers = { "content-length": String(600 * 1024 * 1024) };
  t.equal(await sendPart(node.address, registrar.token, headers, good, "wait"), 413);
  await t.resolves(nothingLeft());
});

t.test("nothing stays of a list whose sender went away", async (t) => {
  const { node, registrar, nothingLeft } = await open(t);
  const headers = { "content-length": String(1024 * 1024) };
  t.equal(await sendPart(node.address, registrar.token, headers, good, "break"), undefined);
  const { environment } = node.kit;
  const erased = async () => (await eventsOf(node.kit, "import")).some(({ type }) => type === "ImportUploadErased");
  for (let look = 0; look < 500 && !(await erased()); look += 1) await environment.timers.sleep(20);
  await t.resolves(nothingLeft());
});
