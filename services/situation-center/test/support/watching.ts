import type { Test } from "tap";
import { WebSocket } from "ws";
import { registration } from "@safar/registration";
import { candidateBody, startTestNode, type TestNode } from "@safar/testing";
import { situationCenter } from "../../src/index.ts";

/** Registration, and the situation center that is told of it. */
export const startNode = (
  t: Pick<Test, "teardown">,
  options: Omit<Parameters<typeof startTestNode>[1], "services"> = {},
): Promise<TestNode> => startTestNode(t, { services: [registration, situationCenter], ...options });

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came back
export type Message = any;

/** A connection to `/live` as an operator has it, and all that came on it. */
export const watch = async (
  node: TestNode,
  protocols: string[] = ["safar.v1"],
  headers: Record<string, string> = {},
) => {
  const token = await node.tokenOf({ role: "operator" });
  const socket = new WebSocket(`${node.address.replace("http", "ws")}/live`, protocols, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const messages: Message[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data: Buffer) => {
    messages.push(JSON.parse(data.toString()));
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  const until = async (isThere: (messages: readonly Message[]) => boolean): Promise<readonly Message[]> => {
    while (!isThere(messages)) await new Promise<void>((resolve) => waiting.push(resolve));
    return messages;
  };
  const eventsOf = (id: string): Message[] =>
    messages.filter((m) => m.type === "events" && m.id === id).flatMap((m) => m.events);
  return { socket, messages, until, eventsOf, closed, say: (message: object) => socket.send(JSON.stringify(message)) };
};

/** A candidate of the branch 1726, whose case watchers see. */
export const register = async (node: TestNode, n: number, given: Record<string, unknown> = {}) => {
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  return (await registrar.post("/registration/cases", candidateBody(n, given))).body;
};

export const refusedOf = (messages: readonly Message[]): Message[] => messages.filter(({ type }) => type === "refused");
