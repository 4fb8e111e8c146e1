import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, createClient, postgresMissing, startPostgres, startS3 } from "@safar/testing";
import { vaultSessions } from "@safar/vault/postgres";
import { temporaryFolder } from "./support/folders.ts";
import { startInside, tokensOf } from "./support/inside.ts";

t.setTimeout(300_000);
const environment = realEnvironment();

t.test(
  "with its database or file store away a process says so, and is well again by itself",
  { skip: postgresMissing() },
  async (t) => {
    const postgres = await startPostgres({ teardown: (stop) => t.teardown(stop) });
    const s3 = await startS3({ teardown: (stop) => t.teardown(stop) });
    const folder = await temporaryFolder(t);
    const variables = { VAULT_URL: await postgres.createDatabase(), FILES_URL: s3.url };
    const running = await startInside(t, folder, variables);
    const token = await (await tokensOf(folder)).of({ role: "registrar", unit: "1726" });
    const client = createClient(running.address, environment, token);
    const readiness = () => client.get("/health/ready");
    /** Asks until it is so; the test's own time limit ends it where it never is. */
    const until = async (part: "vault" | "files", isWell: boolean) => {
      for (;;) {
        const answer = await readiness();
        if (answer.body[part] === isWell) return answer;
        await environment.timers.sleep(50);
      }
    };
    t.match(await readiness(), { status: 200, body: { vault: true, files: true } });
    t.match(await vaultSessions(variables.VAULT_URL), [{ name: "safar" }], "by its name the database knows it");

    await postgres.stop("kill");
    t.match(await until("vault", false), { status: 200, body: { status: "degraded" } }, "a standby may take over");
    const refused = await client.post("/registration/cases", candidateBody(1), { key: "one" });
    t.equal(refused.status, 503);
    t.ok(refused.headers.get("retry-after"));
    await postgres.start();
    t.match(await until("vault", true), { status: 200 });
    let done = await client.post("/registration/cases", candidateBody(1), { key: "one" });
    while (done.status === 503) done = await client.post("/registration/cases", candidateBody(1), { key: "one" });
    t.equal(done.status, 201);

    await s3.stop();
    t.match(await until("files", false), { status: 200, body: { status: "degraded", vault: true } });
    await s3.start();
    await until("files", true);
  },
);
