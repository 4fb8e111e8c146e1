import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Test } from "tap";

const run = promisify(execFile);
const MAKE_USERS = join(import.meta.dirname, "../../make-users.sh");

/** The server that `EVENTSTORE_SECURE` names, `https://host:port`, by the certificate at `EVENTSTORE_CA`. */
export const server = process.env["EVENTSTORE_SECURE"] ?? "";
export const skip = server === "" && "EVENTSTORE_SECURE names no server with users";
const ca = process.env["EVENTSTORE_CA"] ?? "";
const adminPassword = process.env["EVENTSTORE_ADMIN_PASSWORD"] ?? "changeit";

/** With all that a shell, a settings file or an address could take for something else. */
export const PASSWORDS = { writer: `w"r\\i te@r:/1$é`, reader: `re'ad%er?#2&` } as const;

/** @returns what the script says */
export const makeUsers = async (t: Test): Promise<string> => {
  const folder = t.testdir();
  const files: Record<string, string> = {};
  for (const [name, password] of Object.entries({ admin: adminPassword, ...PASSWORDS })) {
    const file = join(folder, name);
    await writeFile(file, `${password}\n`, { mode: 0o600 });
    files[`${name.toUpperCase()}_PASSWORD_FILE`] = file;
  }
  const env = { ...process.env, ...files, EVENTSTORE: server, CA: ca };
  const { stdout } = await run("bash", [MAKE_USERS], { env });
  return stdout;
};

/** The address for one user. */
export const addressOf = (user: string, password: string): string =>
  `esdb://${user}:${encodeURIComponent(password)}@${new URL(server).host}?tls=true&tlsCAFile=${ca}`;

export const setPassword = async (user: string, newPassword: string): Promise<void> => {
  const options = {
    ca: await readFile(ca),
    method: "POST",
    auth: `admin:${adminPassword}`,
    headers: { "Content-Type": "application/json" },
  };
  await new Promise<void>((resolve, reject) => {
    const asked = request(`${server}/users/${user}/command/reset-password`, options, (answer) => {
      answer.resume();
      if (answer.statusCode === 200) resolve();
      else reject(new Error(`the server answered ${answer.statusCode}`));
    });
    asked.on("error", reject).end(JSON.stringify({ newPassword }));
  });
};
