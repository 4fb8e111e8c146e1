import type { LifecycleMessage } from "../src/index.ts";
import { createNatsServer } from "../test/support/nats-server.ts";
import { openLogOf } from "../test/support/facts.ts";
import { until } from "../test/support/waiting.ts";
import { clientCost, messagesOf } from "./relay/client.ts";
import { costOf, quantile, startOnEmptyStream, type Cost } from "./relay/ground.ts";
import { lagsOf } from "./relay/lag.ts";

/*
 * P5: how fast the relay brings the log to JetStream, with all three fences, and how long after an append. The peer is
 * the client's own acknowledged publish (`js.publish`) with the same headers, bodies, fence and messages under way, in
 * the same run, round by round in turn: once of messages made beforehand, so that the relay alone reads the log, checks,
 * redacts and shapes, and once of messages made from the log as the relay does it.
 */

const ROUNDS = 7;
const EVENTS = 40_000;

const server = await createNatsServer();
await server.start();
const { url } = server;
const store = await openLogOf(EVENTS);
const head = await store.head();
const prepared: LifecycleMessage[] = [];
for await (const message of messagesOf(store)) prepared.push(message);

const relayCost = async (): Promise<Cost> => {
  const { relay, stop } = await startOnEmptyStream({ url, store });
  const cost = await costOf(async () => {
    await until("the end", () => relay.status().position >= head);
    return relay.status().published;
  });
  await stop();
  return cost;
};

interface Round {
  readonly relay: Cost;
  readonly made: Cost;
  readonly fed: Cost;
}
const measure = async (): Promise<Round> => ({
  relay: await relayCost(),
  made: await clientCost(url, prepared),
  fed: await clientCost(url, messagesOf(store)),
});

// The first warms up and does not count.
await measure();
const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());

const print = (name: string, text: string): void => console.log(`${name.padEnd(52)}${text}`);
const line = (name: string, cost: (round: Round) => Cost): void => {
  const middle = (value: keyof Cost): number =>
    quantile(
      rounds.map((round) => cost(round)[value]),
      0.5,
    );
  print(name, `${middle("rate").toFixed(0).padStart(8)}/s ${middle("processor").toFixed(1).padStart(6)} µs each`);
};
const ratio = (name: string, peer: (round: Round) => Cost): void => {
  const rates = rounds.map((round) => round.relay.rate / peer(round).rate);
  const processor = rounds.map((round) => peer(round).processor / round.relay.processor);
  print(
    name,
    `${quantile(rates, 0.5).toFixed(2).padStart(10)}, by processor time ${quantile(processor, 0.5).toFixed(2)}`,
  );
};
line("relay, three fences", ({ relay }) => relay);
line("js.publish, the same messages made beforehand", ({ made }) => made);
line("js.publish, messages made from the log", ({ fed }) => fed);
ratio("relay to messages made beforehand (goal 1.00)", ({ made }) => made);
ratio("relay to messages made from the log", ({ fed }) => fed);

const lags = await lagsOf(url);
const p = (part: number): string => `${quantile(lags, part).toFixed(1)} ms`;
print(
  `lag at 1,000 events/s, ${lags.length} events (goal p99 100 ms)`,
  `   p50 ${p(0.5)}, p99 ${p(0.99)}, most ${p(1)}`,
);
await server.remove();
