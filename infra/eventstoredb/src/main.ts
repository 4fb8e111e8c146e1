import { readFileSync } from "node:fs";
import { ANY, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

/*
 * Writes the server's default access list, as an administrator: members of `writers` alone append, they and `readers`
 * read. By gRPC, as a server of today does not take it by HTTP. Started by make-users.sh.
 */

const everythingElse = { $d: "$admins", $mr: "$admins", $mw: "$admins" };
const DEFAULT_ACCESS = {
  $userStreamAcl: { $r: ["writers", "readers"], $w: "writers", ...everythingElse },
  // `$all` is one of these; a reader has to see it.
  $systemStreamAcl: { $r: ["$admins", "writers", "readers"], $w: "$admins", ...everythingElse },
};

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
};

const server = new URL(setting("EVENTSTORE"));
const password = readFileSync(setting("ADMIN_PASSWORD_FILE"), "utf8").trim();
const ca = process.env["CA"];
const client = new EventStoreDBClient(
  { endpoint: `${server.hostname}:${server.port}` },
  {
    insecure: server.protocol === "http:",
    ...(ca !== undefined && ca !== "" && { rootCertificate: readFileSync(ca) }),
  },
  { username: "admin", password },
);
await client.appendToStream("$settings", [jsonEvent({ type: "update-default-acl", data: DEFAULT_ACCESS })], {
  expectedRevision: ANY,
  // A follower passes it on. It would name the leader instead, by a name that may only be known among the nodes.
  requiresLeader: false,
});
await client.dispose();
