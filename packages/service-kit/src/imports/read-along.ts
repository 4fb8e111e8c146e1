import { once } from "node:events";
import { PassThrough } from "node:stream";

/**
 * Gives bytes on while a reader reads the same bytes, at the pace of the slower one. Where the reader refuses them,
 * `bytes` throws its error and takes no more; the end of `bytes` says that the reader has read them all.
 */
export const readAlong = <Result>(
  source: AsyncIterable<Uint8Array>,
  read: (copy: AsyncIterable<Uint8Array>) => Promise<Result>,
): { readonly bytes: AsyncIterable<Uint8Array>; readonly result: Promise<Result> } => {
  const copy = new PassThrough();
  // A reader that has refused destroys its copy; what is written after that is told by the reader's own error.
  copy.on("error", () => undefined);
  const result = read(copy);
  let refused: { readonly error: unknown } | undefined;
  result.catch((error: unknown) => {
    refused = { error };
  });
  async function* bytes(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for await (const chunk of source) {
        if (refused) throw refused.error;
        if (!copy.write(chunk)) await Promise.race([once(copy, "drain"), result]);
        yield chunk;
      }
      copy.end();
      await result;
    } finally {
      copy.destroy();
    }
  }
  return { bytes: bytes(), result };
};
