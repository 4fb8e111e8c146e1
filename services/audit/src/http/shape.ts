import { wireEvent, type ServiceRuntime, type sightOf, type WireEvent } from "@safar/service-kit";
import { marked } from "../altered.ts";
import type { Told } from "../history.ts";

/** Events as they are told, the altered ones marked; `shown` are the pointers that the caller must put on record. */
export const shapeWith = async (
  { kit }: ServiceRuntime,
  { events, altered }: Told,
  sight: ReturnType<typeof sightOf>,
) => {
  const shaped = await Promise.all(
    events.map(async (event) => {
      const { event: item, shown } = await wireEvent(kit.decoder, event, sight);
      return { item: marked(altered, event, item), shown };
    }),
  );
  return { items: shaped.map(({ item }) => item), shown: [...new Set(shaped.flatMap(({ shown }) => shown))] };
};

/** Without anything personal. */
export const shapeUnseen = async (runtime: ServiceRuntime, told: Told): Promise<readonly WireEvent[]> =>
  (await shapeWith(runtime, told, undefined)).items;
