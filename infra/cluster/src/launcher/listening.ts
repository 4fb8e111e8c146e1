import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";

const HOST = "127.0.0.1";

/** Ports of loopback that nobody listens on just now, all different. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, HOST));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  await Promise.all(servers.map((server) => once(server, "close")));
  return ports;
};

/** Whether something takes connections there. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

/** Whether a process of ours says that it is ready, its reactions too. */
export const saysReady = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://${HOST}:${port}/health/ready`);
  const { status } = (await answer.json()) as { readonly status?: string };
  return answer.ok && status === "ready";
};

/** Whether a process of ours takes requests; its reactions may stand still. */
export const takesRequests = async (port: number): Promise<boolean> =>
  (await fetch(`http://${HOST}:${port}/health/ready`)).ok;

/** Whether a process of ours answers at all. */
export const saysAlive = async (port: number, signal: AbortSignal): Promise<boolean> =>
  (await fetch(`http://${HOST}:${port}/health/live`, { signal })).ok;
