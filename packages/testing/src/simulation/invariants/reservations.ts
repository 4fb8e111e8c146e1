import { categoryOf, type DecodedEvent } from "@safar/contracts";

/** What reserves and what gives back, by category, and what in both names the reservation. */
const RULES: Readonly<Record<string, { readonly takes: string; readonly gives: string; readonly holder: string }>> = {
  course: { takes: "SeatReserved", gives: "SeatReleased", holder: "enrolmentId" },
  vacancy: { takes: "PositionReserved", gives: "PositionReleased", holder: "offerId" },
  person: { takes: "JourneyOpened", gives: "JourneyEnded", holder: "caseId" },
  duplicate: { takes: "DuplicateDecisionTaken", gives: "DuplicateDecisionGivenBack", holder: "caseId" },
  candidacy: { takes: "AcceptanceReserved", gives: "AcceptanceReleased", holder: "offerId" },
};

/** First halves of transactions over two streams: each is followed by its second half, or is taken back. */
export const createReservations = () => {
  /** Transaction to stream and holder. */
  const open = new Map<string, { readonly stream: string; readonly holder: string }>();
  const done = new Set<string>();
  return {
    take({ stream, type, data, meta: { transactionId } }: DecodedEvent): void {
      const rule = RULES[categoryOf(stream)];
      const holder = rule && String(data[rule.holder]);
      if (rule?.takes === type && !done.has(transactionId)) {
        open.set(transactionId, { stream, holder: holder ?? "" });
        return;
      }
      if (rule?.gives === type)
        for (const [transaction, each] of open)
          if (each.stream === stream && each.holder === holder) open.delete(transaction);
      if (type === "ReservationGivenUp" || open.get(transactionId)?.stream === stream) return;
      done.add(transactionId);
      open.delete(transactionId);
    },
    open: (): readonly string[] =>
      [...open.values()].map(({ stream, holder }) => `what ${holder} reserved in ${stream}`),
  };
};
