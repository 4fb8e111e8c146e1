import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import t from "tap";
import { candidateBody, createClient } from "@safar/testing";
import { realEnvironment } from "@safar/service-kit";
import { temporaryFolder } from "./support/folders.ts";

/** A disk that becomes full while the system runs, and is freed again: a file system of its own, small enough to fill. */

t.setTimeout(300_000);

const mounts =
  spawnSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const programOf = (name: string): string => fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));

/** Runs the system, and does what it is told by one word a line. */
const SCRIPT = `
mount -t tmpfs -o size=96m tmpfs "$FOLDER" || exit 1
"$0" "$START" & system=$!
while read -r word; do
  case $word in
    token) "$0" "$TOKEN" --role registrar --unit 1726 ;;
    fill) cat /dev/zero > "$FOLDER/ballast" 2> /dev/null; echo filled ;;
    free) rm "$FOLDER/ballast"; echo freed ;;
  esac
done
kill -INT $system; wait $system`;

t.test(
  "a full disk is told by readiness and a metric, and once in the log; once it is freed all is well by itself",
  { skip: !mounts && "no file system can be mounted here" },
  async (t) => {
    const folder = await temporaryFolder(t);
    const system = spawn("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, process.execPath], {
      env: {
        ...process.env,
        FOLDER: folder,
        START: programOf("start"),
        TOKEN: programOf("token"),
        SAFAR_DATA: join(folder, "data"),
        SAFAR_PORT: "0",
      },
    });
    let complaints = "";
    system.stderr.on("data", (bytes: Buffer) => (complaints += bytes.toString()));
    const ended = once(system, "exit");
    t.teardown(async () => {
      system.stdin.end();
      await ended;
    });
    const lines = createInterface({ input: system.stdout })[Symbol.asyncIterator]();
    const answer = async (word?: string): Promise<string> => {
      if (word !== undefined) system.stdin.write(`${word}\n`);
      const { value } = (await lines.next()) as { value?: string };
      if (value === undefined) throw new Error(complaints);
      return value;
    };
    const address = /http:\S+/.exec(await answer())![0];
    const clerk = createClient(address, realEnvironment(), await answer("token"));
    const readiness = () => clerk.get("/health/ready");
    const register = (n: number) => clerk.post("/registration/cases", candidateBody(n));
    t.equal((await register(1)).status, 201);
    t.equal((await readiness()).status, 200);

    await answer("fill");
    let refusals = 0;
    // Until what the files had in reserve is used up.
    for (let n = 2; refusals < 3 && n < 2_000; n += 1) if ((await register(n)).status === 503) refusals += 1;
    t.equal(refusals, 3, "the disk is full");
    const full = await readiness();
    t.equal(full.status, 503);
    const unwritable = (full.body as { unwritable: { part: string; reason: string }[] }).unwritable;
    t.ok(unwritable.length > 0, JSON.stringify(full.body));
    for (const { reason } of unwritable) t.match(reason, /^disk-(full|fails)$/);
    t.match((await clerk.get("/metrics")).body, /safar_writes_failed_total\{part="\w+",reason="disk-\w+"\} [1-9]/);

    await answer("free");
    const deadline = realEnvironment().clock.monotonic() + 60_000;
    let now = await readiness();
    while (now.status !== 200 && realEnvironment().clock.monotonic() < deadline) now = await readiness();
    t.equal(now.status, 200, JSON.stringify(now.body));
    t.equal((await register(5_000)).status, 201);
    const told = complaints.split("\n").filter((line) => line.includes("cannot be written; it is tried again"));
    const parts = told.map((line) => {
      const { part, err } = JSON.parse(line) as { part: string; err: { message: string } };
      return `${part}: ${err.message}`;
    });
    t.equal(new Set(parts).size, parts.length, `each once: ${parts.join("; ")}`);
  },
);
