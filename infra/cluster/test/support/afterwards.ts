import type { Test } from "tap";
import { categoryOf, EventParked, type DecodedEvent } from "@safar/contracts";
import type { Acknowledged } from "@safar/simulator";
import { services } from "@safar/single-node";
import { tokensOf } from "@safar/single-node/test-support";
import type { ClusterGround } from "./ground.ts";

/** Enough to keep two cores busy. */
const ASKED_AT_ONCE = 8;

/** Every published event came to the subscriber, each case's in the order of the log. */
export const checkSubscriber = (t: Test, ids: readonly string[], published: readonly DecodedEvent[]): void => {
  const lines = (events: readonly DecodedEvent[]) => {
    const ofCases = Map.groupBy(events, ({ stream, meta }) => meta.caseId ?? stream);
    return Object.fromEntries([...ofCases].map(([line, own]) => [line, own.map(({ id }) => id)]));
  };
  const known = new Map(published.map((event) => [event.id, event]));
  const came = [...new Set(ids)];
  t.comment(`${ids.length} messages came to the subscriber outside, ${ids.length - came.length} of them again`);
  t.same(
    came.filter((id) => !known.has(id)),
    [],
    "nothing came that is not in the log",
  );
  t.equal(came.length, published.length, "every published event reached the subscriber outside");
  t.same(lines(came.flatMap((id) => known.get(id) ?? [])), lines(published), "and each case's in the log's order");
};

/** Every acknowledged command stands in the log. */
export const checkAcknowledged = (
  t: Test,
  acknowledged: readonly Acknowledged[],
  events: readonly DecodedEvent[],
): void => {
  const positions = new Set(events.map(({ position }) => String(position)));
  const lost = acknowledged.filter(({ reply }) => !positions.has(String(reply.body["position"])));
  t.same(lost, [], "every acknowledged command is in the log");
};

/** How many reactions of a service take an event; each is one transaction in a stream. */
const takersOf = (service: string, cause: DecodedEvent | undefined): number => {
  const { reactions = [] } = services.find(({ name }) => name === service) ?? {};
  const isTaken = ({ category, contract }: (typeof reactions)[number]["on"][number]): boolean =>
    cause !== undefined && category === categoryOf(cause.stream) && contract.type === cause.type;
  return reactions.filter(({ on }) => on.some(isTaken)).length;
};

/** What events elsewhere led to, each once; and none of them was left for a person to look at. */
export const checkReactions = (t: Test, events: readonly DecodedEvent[]): void => {
  const known = new Map(events.map((event) => [event.id, event]));
  const reacted = events.filter(({ meta }) => meta.actor.kind === "system" && meta.causationId !== undefined);
  const ofOneReaction = Map.groupBy(reacted, ({ stream, meta }) => `${stream} ${meta.transactionId}`);
  const twice = [...ofOneReaction.values()].filter(
    (own) => new Set(own.map(({ type, data }) => `${type} ${JSON.stringify(data)}`)).size < own.length,
  );
  t.same(twice, [], "every reaction took place once");
  // Done again under another transaction it would be refused, as what it wants is there already.
  const ofOneCause = Map.groupBy(reacted, ({ stream, meta }) => `${stream} ${meta.causationId}`);
  const tooOften = [...ofOneCause.values()].filter((own) => {
    const { service, causationId = "" } = own[0]!.meta;
    const transactions = new Set(own.map(({ meta }) => meta.transactionId)).size;
    return transactions > takersOf(service, known.get(causationId));
  });
  t.same(tooOften, [], "and under no more transactions than there are reactions");
  t.ok(reacted.length > 0, `${reacted.length} events of ${ofOneReaction.size} reactions`);
  t.same(
    events.filter(({ type }) => type === EventParked.type).map(({ stream, data }) => ({ stream, data })),
    [],
    "and none was parked",
  );
};

/** Every acknowledged command, sent again, is answered as it was the first time, and nothing is written by it. */
export const checkAnswers = async (t: Test, ground: ClusterGround, acknowledged: readonly Acknowledged[]) => {
  const { address, folder, store } = ground;
  const tokens = await tokensOf(folder);
  const head = await store.head();
  const different: unknown[] = [];
  const left = acknowledged.values();
  const ask = async (): Promise<void> => {
    for (const { key, part, path, body, reply } of left) {
      const authorization = `Bearer ${await tokens.of(part)}`;
      const headers = { authorization, "content-type": "application/json", "idempotency-key": key };
      const response = await fetch(`${address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      const again = { status: response.status, body: await response.json(), etag: response.headers.get("etag") };
      if (JSON.stringify(again) !== JSON.stringify({ status: reply.status, body: reply.body, etag: reply.etag }))
        different.push({ path, first: reply, again });
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  t.same(different, [], "every acknowledged command has the same answer again");
  t.equal(await store.head(), head, "and the log did not grow by asking");
};
