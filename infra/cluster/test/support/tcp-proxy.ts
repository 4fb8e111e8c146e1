import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A line between two processes that a test may cut. */
export interface TcpProxy {
  readonly port: number;
  /** How often connections were cut. */
  cuts(): number;
  /** Ends every connection that stands now, in the middle of whatever goes over it. */
  cut(): void;
  /** Takes no connection, and cuts those that stand, until `mend`. */
  sever(): void;
  mend(): void;
  stop(): Promise<void>;
}

export const startTcpProxy = async (target: number): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  let isSevered = false;
  let cuts = 0;
  const server = createServer((from) => {
    if (isSevered) return void from.destroy();
    const to = connect(target, "127.0.0.1");
    for (const [one, other] of [[from, to] as const, [to, from] as const]) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    from.pipe(to).pipe(from);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    cuts += 1;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    cut,
    sever() {
      isSevered = true;
      cut();
    },
    mend() {
      isSevered = false;
    },
    async stop() {
      isSevered = true;
      cut();
      server.close();
      await once(server, "close");
    },
  };
};
