import { underData, wireEnvelope, type DecodedEvent, type Decoder, type WireEvent } from "@safar/contracts";
import { openPersonal, type Sight } from "../personal/open.ts";

/**
 * Shapes an event. With a sight personal fields are opened and their pointers given in `shown`: the caller must put
 * the reading on record before it sends. Without one they are taken out and named in `redacted`.
 */
export const wireEvent = async (
  decoder: Decoder,
  event: DecodedEvent,
  sight: Sight | undefined,
): Promise<{ readonly event: WireEvent; readonly shown: readonly string[] }> => {
  const opened = await openPersonal(event.data, sight);
  return {
    event: {
      ...wireEnvelope(decoder, event),
      data: opened.value,
      ...(opened.redacted.length > 0 ? { redacted: underData(opened.redacted) } : {}),
      ...(opened.erased.length > 0 ? { erased: underData(opened.erased) } : {}),
    },
    shown: underData(opened.shown),
  };
};
