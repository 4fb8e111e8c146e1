import { faultOf, ListRefused } from "./faults.ts";
import type { ListLimits } from "./limits.ts";

const NEWLINE = 0x0a;
const NO_BYTES: Uint8Array = new Uint8Array(0);

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  left.length === 0 ? right : Buffer.concat([left, right]);

/** Undefined where the bytes are not UTF-8. A NUL is UTF-16 without its mark: no text that a person typed has one. */
const decode = (bytes: Uint8Array): string | undefined => {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The standard decoder throws a TypeError at the first wrong byte.
    return undefined;
  }
};

const encodingOf = (bytes: Uint8Array): string => {
  const mark = `${bytes[0] ?? ""} ${bytes[1] ?? ""}`;
  return mark === "255 254" || mark === "254 255" || bytes.includes(0) ? "UTF-16" : "windows-1251?";
};

/** Cuts bytes after each newline; a newline byte is never part of another character of UTF-8. */
function* linesIn(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** Where the first line begins that has more bytes than allowed, its end not counted; undefined: none has. */
const longLineIn = (bytes: Uint8Array, limit: number): number | undefined => {
  let start = 0;
  while (bytes.length - start > limit) {
    // The last end within reach: no line before it can be too long.
    const end = bytes.lastIndexOf(NEWLINE, start + limit);
    if (end < start) return start;
    start = end + 1;
  }
  return undefined;
};

const countLines = (text: string): number => text.split("\n").length - 1;

/** Whole lines of a list as text, with their line ends. */
export interface Lines {
  readonly text: string;
  /** The fault of the line after these; nothing follows it. */
  readonly refused?: ListRefused;
}

/** The text of whole lines, or of those before the first one that is not UTF-8 and that line's fault. */
const decodeLines = (bytes: Uint8Array, firstLine: number): Lines => {
  const whole = decode(bytes);
  if (whole !== undefined) return { text: whole };
  let text = "";
  for (const line of linesIn(bytes)) {
    const decoded = decode(line);
    if (decoded === undefined) {
      const fault = faultOf("list-not-utf8", firstLine + countLines(text), { found: encodingOf(line) });
      return { text, refused: new ListRefused(fault) };
    }
    text += decoded;
  }
  return { text };
};

const withoutMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

/**
 * Decodes strictly and holds back an unfinished line, so that the same list is read in the same way however its bytes
 * are cut. A line longer than a record may be is refused, and never held whole. A refusal is given, not thrown, so
 * that what stands before it can still be read to its end.
 */
export async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  limits: ListLimits,
): AsyncGenerator<Lines, void, void> {
  let held = NO_BYTES;
  let line = 1;
  const decoded = (bytes: Uint8Array): Lines => {
    const lines = decodeLines(bytes, line);
    const text = line === 1 ? withoutMark(lines.text) : lines.text;
    line += countLines(text);
    return { ...lines, text };
  };
  for await (const chunk of source) {
    const bytes = joined(held, chunk);
    const longLine = longLineIn(bytes, limits.recordBytes);
    const end = longLine ?? bytes.lastIndexOf(NEWLINE) + 1;
    held = Uint8Array.from(bytes.subarray(end));
    if (end > 0) {
      const lines = decoded(bytes.subarray(0, end));
      yield lines;
      if (lines.refused) return;
    }
    if (longLine !== undefined) {
      yield {
        text: "",
        refused: new ListRefused(faultOf("list-record-too-long", line, { limit: limits.recordBytes })),
      };
      return;
    }
  }
  yield decoded(held);
}
