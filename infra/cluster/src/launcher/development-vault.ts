import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, chmod, chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "@safar/kernel";
import { NotDone } from "@safar/service-kit/command-line";
import { findProgram } from "./find-program.ts";
import { listens } from "./listening.ts";
import type { Program } from "./program.ts";

const DATABASE_USER = "safar";
const S3_STAND_IN = fileURLToPath(new URL("../../../../packages/testing/src/servers/run-s3.ts", import.meta.url));
/** How to do without them. */
export const OTHER_VAULT = "set VAULT_URL and FILES_URL to servers that run already";

/** PostgreSQL refuses to run as root: then it runs as the system's own user for it. */
const userOfServer = (): Program["user"] => {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    throw new NotDone(`PostgreSQL does not run as root, and there is no user postgres: ${OTHER_VAULT}.`);
  }
};

interface Place {
  /** Of the launcher's data. */
  readonly home: string;
  /** Of the database; whole or not there. */
  readonly data: string;
  readonly passwordFile: string;
}

const initialise = async ({ home, data, passwordFile }: Place, environment: Environment, user: Program["user"]) => {
  const initdb = findProgram("initdb", "postgresql", OTHER_VAULT);
  const draft = `${data}.part`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const password = Buffer.from(environment.random.bytes(24)).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) {
    // It has to come through to its own folder; what else lies on the way is closed to it by its own rights.
    for (const path of [dirname(home), home]) await chmod(path, 0o711);
    for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
  }
  const args = ["-D", draft, "-U", DATABASE_USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  try {
    execFileSync(initdb, [...args, "--no-locale"], { ...user, cwd: draft, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: Buffer | string };
    throw new NotDone(`PostgreSQL cannot begin in ${data}: ${stderr.toString().trim()}`);
  }
  await appendFile(join(draft, "postgresql.auto.conf"), "shared_buffers = 32MB\nunix_socket_directories = ''\n");
  await rename(draft, data);
};

/**
 * A PostgreSQL and an S3 stand-in of the launcher's own, for the vault of a cluster under development; their data
 * stays from start to start.
 */
export const developmentVault = async (options: {
  readonly folder: string;
  readonly ports: readonly [database: number, files: number];
  readonly environment: Environment;
}): Promise<{
  readonly programs: readonly Program[];
  readonly variables: { readonly VAULT_URL: string; readonly FILES_URL: string };
}> => {
  const { folder, environment } = options;
  const [port, filesPort] = options.ports;
  const user = userOfServer();
  const postgres = findProgram("postgres", "postgresql", OTHER_VAULT);
  const data = join(folder, "postgres");
  const passwordFile = join(folder, "postgres-password");
  if (!existsSync(data)) await initialise({ home: folder, data, passwordFile }, environment, user);
  const database: Program = {
    name: "postgres",
    command: postgres,
    // Of its checkpoints and of every client that went nobody needs to hear at each start.
    args: ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-c", "log_min_messages=fatal"],
    variables: { PATH: process.env["PATH"] },
    ...(user ? { user } : {}),
    // Ends sessions; the default would wait for them.
    stopBy: "SIGINT",
    isReady: () => listens(port),
  };
  const secret = Buffer.from(environment.random.bytes(24)).toString("hex");
  const files: Program = {
    name: "s3",
    command: process.execPath,
    args: [S3_STAND_IN, "--folder", join(folder, "s3"), "--port", String(filesPort)],
    variables: { PATH: process.env["PATH"], S3_SECRET: secret },
    isReady: () => listens(filesPort),
  };
  const VAULT_URL = `postgres://${DATABASE_USER}@127.0.0.1:${port}/postgres?passwordFile=${encodeURIComponent(passwordFile)}`;
  const FILES_URL = `http://safar:${secret}@127.0.0.1:${filesPort}/safar-files?region=tashkent`;
  return { programs: [database, files], variables: { VAULT_URL, FILES_URL } };
};
