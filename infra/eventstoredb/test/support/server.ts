import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { realEnvironment } from "@safar/service-kit";

const run = promisify(execFile);
const MAKE_USERS = join(import.meta.dirname, "../../make-users.sh");
const MAKE_CERTIFICATES = join(import.meta.dirname, "../../make-certificates.sh");

/** The server that `EVENTSTORE_SECURE` names, `https://host:port`, by the certificate at `EVENTSTORE_CA`. */
const server = process.env["EVENTSTORE_SECURE"] ?? "";
/** For what the stand-in cannot do: its users are what they were at its start. */
export const realMissing = server === "" && "EVENTSTORE_SECURE names no server with users";
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

/** A server with users and TLS, the real one or the stand-in. */
export interface SecuredServer {
  /** Of the authority that has signed its certificate. */
  readonly caFile: string;
  /** The address for one user; by another authority, where one is given. */
  addressOf(user: string, password: string, caFile?: string): string;
}

const secured = (host: string, caFile: string): SecuredServer => ({
  caFile,
  addressOf: (user, password, by = caFile) =>
    `esdb://${user}:${encodeURIComponent(password)}@${host}?tls=true&tlsCAFile=${by}`,
});

/** A certificate for this machine's own name, by an authority of its own; as the script makes them. */
export const makeCertificates = async (
  folder: string,
): Promise<{ certFile: string; keyFile: string; caFile: string }> => {
  await run("bash", [MAKE_CERTIFICATES, folder, "localhost", "127.0.0.1"]);
  const at = (name: string): string => join(folder, name);
  return { certFile: at("node.pem"), keyFile: at("node-key.pem"), caFile: at("ca.pem") };
};

/** The real server with its users made, or the stand-in with users of the same names and rights. */
export const startSecured = async (t: Test): Promise<SecuredServer> => {
  if (server !== "") {
    await makeUsers(t);
    return secured(new URL(server).host, ca);
  }
  const certificate = await makeCertificates(t.testdir());
  const users = [
    { name: "writer", password: PASSWORDS.writer, mayAppend: true },
    { name: "reader", password: PASSWORDS.reader, mayAppend: false },
  ];
  const standIn = await startLocalEventStoreDb({ environment: realEnvironment(), certificate, users });
  t.teardown(() => standIn.stop());
  return secured(`localhost:${standIn.port}`, certificate.caFile);
};

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
