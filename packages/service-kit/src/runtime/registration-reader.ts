import {
  decodeWith,
  evolvePersonDetails,
  evolveRegistrationLifecycle,
  initialRegistrationLifecycle,
  isSealed,
  registrationContracts,
  registrationStatus,
  streamName,
  type ClearPersonDetails,
  type PersonDetails,
  type RegistrationStatus,
} from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Sealer } from "@safar/vault";

/** Reads what every service may know of a case's registration, from its stream directly (architecture.md, Metadata). */
export const createRegistrationReader = (store: EventStore, sealer: Sealer) => ({
  /** Undefined: there is no such case. */
  async standingOf(caseId: string): Promise<RegistrationStatus | undefined> {
    let lifecycle = initialRegistrationLifecycle;
    let isRegistered = false;
    for await (const stored of store.readStream(streamName("registration", caseId))) {
      if (!registrationContracts.find(stored.type)) continue;
      const event = decodeWith(registrationContracts, stored);
      lifecycle = evolveRegistrationLifecycle(lifecycle, event as never);
      isRegistered ||= event.type === "CandidateRegistered";
    }
    return isRegistered ? registrationStatus(lifecycle) : undefined;
  },

  /** In clear: to compare, never to show or record. Undefined: no such case, or the person was erased. */
  async personOf(caseId: string): Promise<ClearPersonDetails | undefined> {
    let details: PersonDetails | undefined;
    for await (const stored of store.readStream(streamName("registration", caseId)))
      if (registrationContracts.find(stored.type))
        details = evolvePersonDetails(details, decodeWith(registrationContracts, stored));
    if (!details) return undefined;
    const clear: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(details)) {
      if (!isSealed(value)) continue;
      const opened = await sealer.open(value);
      if (opened === "erased") return undefined;
      clear[field] = opened.value;
    }
    return clear as unknown as ClearPersonDetails;
  },
});
export type RegistrationReader = ReturnType<typeof createRegistrationReader>;
