import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import t, { type Test } from "tap";
import { prepareDataFolder, dataFolderAt } from "@safar/service-kit";
import { temporaryFolder } from "./support/folders.ts";
import { runProgram } from "./support/program.ts";

t.setTimeout(120_000);
const GIVEN = ["--seed", "1", "--journeys", "1", "--speed", "10"];

const simulateAt = async (t: Test, variables: Readonly<Record<string, string>>, more: readonly string[] = []) => {
  const folder = await temporaryFolder(t);
  prepareDataFolder(dataFolderAt({ SAFAR_DATA: folder }));
  const program = runProgram(t, "simulate", { SAFAR_DATA: folder, ...variables }, [...GIVEN, ...more]);
  return { status: await program.ended, output: program.output(), complaints: program.complaints() };
};

t.test("beside an outside issuer it says why it cannot be, and asks for no token", async (t) => {
  const refused = await simulateAt(t, {
    OIDC_ISSUER: "https://issuer.example",
    OIDC_AUDIENCE: "safar",
    SAFAR_PUBLIC_URL: "https://safar.example",
  });
  t.match(refused, { status: 1, output: "", complaints: /^OIDC_ISSUER is set, and a simulation plays many people/ });
  t.notMatch(refused.complaints, /SAFAR_TOKEN/);
});

t.test("a port that says nothing, and an address that is none, are refused", async (t) => {
  t.match(await simulateAt(t, { SAFAR_PORT: "0" }), { status: 1, output: "", complaints: /^SAFAR_PORT is 0.*--url/ });
  t.match(await simulateAt(t, {}, ["--url", "here"]), { status: 1, complaints: /^here is no address/ });
});

t.test("it goes to the host and port that the settings name", { skip: process.platform !== "linux" }, async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.host ?? "");
    response.writeHead(404, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.2");
  t.teardown(() => server.close());
  await once(server, "listening");
  const port = String((server.address() as AddressInfo).port);
  await simulateAt(t, { SAFAR_HOST: "127.0.0.2", SAFAR_PORT: port });
  t.equal(asked[0], `127.0.0.2:${port}`);
});
