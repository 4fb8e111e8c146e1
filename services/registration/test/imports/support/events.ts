import type { DecodedEvent } from "@safar/contracts";
import type { Kit } from "@safar/service-kit";

/** The log's events of some categories, in its order, after a position where one is given. */
export const eventsOf = async (
  kit: Pick<Kit, "store" | "decoder">,
  ...asked: readonly (string | bigint)[]
): Promise<readonly DecodedEvent[]> => {
  const categories = asked.filter((one) => typeof one === "string");
  const after = asked.find((one) => typeof one === "bigint");
  const events: DecodedEvent[] = [];
  for await (const stored of kit.store.readAll({ filter: { categories }, ...(after === undefined ? {} : { after }) }))
    events.push(kit.decoder.decode(stored));
  return events;
};
