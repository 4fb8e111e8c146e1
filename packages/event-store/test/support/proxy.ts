import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Test } from "tap";

/** A TCP proxy before a server, whose connections a test cuts or freezes. */
export interface Proxy {
  readonly url: string;
  /** How many connections were made so far. */
  connections(): number;
  /** Ends every connection at once; new ones are possible. */
  cut(): void;
  /** Lets no byte through on the connections there are, in neither direction. New ones are as they are set to be. */
  freeze(): void;
  /** Whether new connections are let through (default), frozen or refused. */
  newOnes(are: "open" | "frozen" | "refused"): void;
}

/** @param url of one node, `esdb://host:port?…`. */
export const startProxy = async (t: Test, url: string): Promise<Proxy> => {
  const [, host = "", port = "", options = ""] = /^esdb:\/\/([^:]+):(\d+)(.*)$/.exec(url) ?? [];
  const pairs = new Set<readonly [Socket, Socket]>();
  let newOnes: "open" | "frozen" | "refused" = "open";
  let connections = 0;

  const freezePair = (pair: readonly [Socket, Socket]): void => {
    for (const socket of pair) {
      socket.unpipe();
      socket.pause();
    }
  };
  const server = createServer((near) => {
    if (newOnes === "refused") return void near.destroy();
    connections += 1;
    const far = connect(Number(port), host);
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = (): void => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    near.pipe(far);
    far.pipe(near);
    if (newOnes === "frozen") freezePair(pair);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const sockets of pairs) for (const socket of sockets) socket.destroy();
  };
  t.teardown(() => {
    server.close();
    cut();
  });
  return {
    url: `esdb://127.0.0.1:${(server.address() as AddressInfo).port}${options}`,
    connections: () => connections,
    cut,
    freeze: () => pairs.forEach(freezePair),
    newOnes: (are) => (newOnes = are),
  };
};
