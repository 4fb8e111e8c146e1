import { readFileSync } from "node:fs";
import { ANY, EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

const everythingElse = { $d: "$admins", $mr: "$admins", $mw: "$admins" };
const DEFAULT_ACCESS = {
  $userStreamAcl: { $r: ["writers", "readers"], $w: "writers", ...everythingElse },
  // `$all` is one of these; a reader has to see it.
  $systemStreamAcl: { $r: ["$admins", "writers", "readers"], $w: "$admins", ...everythingElse },
};

export interface DefaultAccessOptions {
  /** `https://127.0.0.1:2113` */
  readonly server: URL;
  /** Of `admin`. */
  readonly password: string;
  /** Certificate of the authority that has signed the server's. */
  readonly caFile?: string | undefined;
}

/**
 * Writes the server's default access list, as an administrator: members of `writers` alone append, they and `readers`
 * read. By gRPC, as a server of today does not take it by HTTP. For a process that has no log open.
 */
export const writeDefaultAccess = async ({ server, password, caFile }: DefaultAccessOptions): Promise<void> => {
  const client = new EventStoreDBClient(
    { endpoint: `${server.hostname}:${server.port}` },
    {
      insecure: server.protocol === "http:",
      ...(caFile !== undefined && { rootCertificate: readFileSync(caFile) }),
    },
    { username: "admin", password },
  );
  await client.appendToStream("$settings", [jsonEvent({ type: "update-default-acl", data: DEFAULT_ACCESS })], {
    expectedRevision: ANY,
    // A follower passes it on. It would name the leader instead, by a name that may only be known among the nodes.
    requiresLeader: false,
  });
  await client.dispose();
};
