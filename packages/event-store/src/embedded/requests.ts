import type { AppendMessage } from "./messages.ts";
import type { AppendRequest, EventToStore } from "./writer-log.ts";

/** Takes a message apart into the appends that went into it (pending-append.ts puts them together). */
export const requestsOf = (message: AppendMessage): AppendRequest[] => {
  const { numbers, bytes } = message;
  const texts = message.texts.split("\0");
  const requests: AppendRequest[] = [];
  let text = 0;
  let number = 0;
  let offset = 0;
  const nextText = (): string => texts[text++] ?? "";
  const nextNumber = (): number => numbers[number++] ?? 0;
  const nextPart = (): Uint8Array => bytes.subarray(offset, (offset += nextNumber()));

  while (number < numbers.length) {
    const stream = nextText();
    const hash = nextNumber();
    const expected = nextNumber();
    const recordedAt = nextNumber();
    const events: EventToStore[] = [];
    for (let count = nextNumber(); count > 0; count -= 1) {
      events.push({ id: nextText(), type: nextText(), data: nextPart(), metadata: nextPart() });
    }
    requests.push({ stream, hash, expected, recordedAt, events });
  }
  return requests;
};
