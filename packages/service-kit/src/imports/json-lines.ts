/** Lines are gathered to this many characters before they are given on, so that a long list is not a chunk a line. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Values as JSON lines, in pieces of some size. */
export async function* writeJsonLines(values: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  let text = "";
  for await (const value of values) {
    text += `${JSON.stringify(value)}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

/** The values again, one line in memory at a time. */
export async function* readJsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, void> {
  const decoder = new TextDecoder();
  let held = "";
  for await (const piece of bytes) {
    held += decoder.decode(piece, { stream: true });
    const lines = held.split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as unknown;
  }
  if (held !== "") throw new Error("the last line is not whole");
}
