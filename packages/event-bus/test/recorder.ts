import type { DecodedEvent } from "@safar/contracts";

/** What a consumer was given, and the way to wait until it was given enough. */
export const createRecorder = () => {
  const seen: DecodedEvent[] = [];
  let waiting: { readonly isEnough: () => boolean; readonly resolve: () => void }[] = [];

  const until = (isEnough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isEnough()) resolve();
      else waiting.push({ isEnough, resolve });
    });
  return {
    seen,
    note(event: DecodedEvent): void {
      seen.push(event);
      const [enough, not] = [waiting.filter((each) => each.isEnough()), waiting.filter((each) => !each.isEnough())];
      waiting = not;
      for (const { resolve } of enough) resolve();
    },
    /** `journey-a:1` … */
    names: (): string[] => seen.map(({ stream, data }) => `${stream}:${String(data["to"])}`),
    until,
    untilSeen: (count: number): Promise<void> => until(() => seen.length >= count),
  };
};
