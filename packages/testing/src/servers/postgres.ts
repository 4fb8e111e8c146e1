import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import type { Teardown } from "./teardown.ts";

/** A PostgreSQL of its own for a test, from the system's packages: on loopback only, in a temporary folder. */
export interface PostgresServer {
  /** `postgres://…` of the superuser's own database. */
  readonly url: string;
  readonly folder: string;
  /** Where the programs of this version are: `pg_dump`, `pg_restore`, … */
  readonly programs: string;
  /** A new and empty database; its address. */
  createDatabase(): Promise<string>;
  /** What psql answers, a row a line, columns parted by `|`. */
  query(sql: string, database?: string): string;
  /** `fast` ends sessions and shuts down; `immediate` leaves all as a crash would; `kill` is kill -9. */
  stop(how?: keyof typeof SIGNALS): Promise<void>;
  /** At the same address as before. */
  start(): Promise<void>;
}

export interface PostgresOptions {
  /** Lines of postgresql.conf. */
  readonly settings?: readonly string[];
}

const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT", kill: "SIGKILL" } as const;
const DEBIAN = "/usr/lib/postgresql";
const USER = "safar";
/** Loaded machines take their time; a healthy server starts within a second. */
const START_MILLISECONDS = 60_000;

const programsFolder = (): string | undefined => {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).sort((left, right) => Number(right) - Number(left));
  return versions.map((version) => join(DEBIAN, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
};

const idOf = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));

/** PostgreSQL refuses to run as root: then it runs as the system's own user for it. */
const userFor = (): { uid?: number; gid?: number } =>
  process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};

/** Why no PostgreSQL can be started here; false where one can. For a test's `skip`. */
export const postgresMissing = (): string | false => {
  if (!programsFolder()) return "PostgreSQL is not installed";
  try {
    userFor();
    return false;
  } catch {
    return "there is no user postgres to run PostgreSQL as, and root may not";
  }
};

export const startPostgres = async (t: Teardown, options: PostgresOptions = {}): Promise<PostgresServer> => {
  const programs = programsFolder();
  if (!programs) throw new Error("PostgreSQL is not installed");
  const user = userFor();
  const home = await mkdtemp(join(tmpdir(), "safar-postgres-"));
  const folder = join(home, "data");
  const password = randomBytes(12).toString("hex");
  const port = await freePort();
  await initialise({ programs, home, folder, password, user });
  await writeFile(join(folder, "postgresql.conf"), settingsFor(home, port, options), { flag: "a" });

  const state: { running?: ChildProcess } = {};
  const stop: PostgresServer["stop"] = async (how = "fast") => {
    const child = state.running;
    delete state.running;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(SIGNALS[how]);
    await gone;
  };
  const start = async (): Promise<void> => {
    state.running = await startServer(join(programs, "postgres"), folder, user);
  };
  t.teardown(async () => {
    await stop("immediate");
    await removeFolder(home);
  });
  await start();

  const urlOf = (database: string): string => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  const query: PostgresServer["query"] = (sql, database = "postgres") =>
    execFileSync(join(programs, "psql"), ["-XAtq", "-v", "ON_ERROR_STOP=1", urlOf(database), "-c", sql], {
      encoding: "utf8",
    }).trim();
  let databases = 0;
  const createDatabase = async (): Promise<string> => {
    const name = `test_${(databases += 1)}`;
    query(`CREATE DATABASE ${name}`);
    return urlOf(name);
  };
  return { url: urlOf("postgres"), folder, programs, createDatabase, query, stop, start };
};

/** Killed, its children end a moment later, and may still write to its folder until then. */
const removeFolder = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
};

interface NewCluster {
  readonly programs: string;
  readonly home: string;
  readonly folder: string;
  readonly password: string;
  readonly user: { uid?: number; gid?: number };
}

const initialise = async ({ programs, home, folder, password, user }: NewCluster): Promise<void> => {
  const passwordFile = join(home, "password");
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    for (const path of [home, folder, passwordFile]) await chown(path, user.uid, user.gid);
  }
  const args = ["-D", folder, "-U", USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  execFileSync(join(programs, "initdb"), [...args, "--no-locale", "--no-sync"], {
    ...user,
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
  });
};

const settingsFor = (home: string, port: number, { settings = [] }: PostgresOptions): string =>
  [
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    `unix_socket_directories = '${home}'`,
    "shared_buffers = 16MB",
    "max_wal_size = 256MB",
    "logging_collector = off",
    // A test kills processes, not the machine: what was written to the system is there afterwards, synced or not.
    "fsync = off",
    ...settings,
    "",
  ].join("\n");

/** A server that was killed leaves children that end a moment later; until then the next one does not start. */
const startServer = async (program: string, folder: string, user: NewCluster["user"]): Promise<ChildProcess> => {
  const limit = performance.now() + START_MILLISECONDS;
  for (;;) {
    const child = spawn(program, ["-D", folder], { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const endWithUs = (): void => void child.kill("SIGQUIT");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    const said: string[] = [];
    if (await becomesReady(child, said)) return child;
    if (performance.now() > limit) throw new Error(`PostgreSQL does not start: ${said.slice(-10).join("\n")}`);
    await sleep(100);
  }
};

const becomesReady = (child: ChildProcess, said: string[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve(false));
    if (!child.stderr) return;
    createInterface(child.stderr).on("line", (line) => {
      if (said.push(line) > 1_000) said.shift();
      if (line.includes("ready to accept connections")) resolve(true);
    });
  });
