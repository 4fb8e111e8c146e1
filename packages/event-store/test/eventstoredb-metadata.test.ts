import t from "tap";
import { readMetadata } from "../src/eventstoredb/metadata.ts";

t.test("an origin that no move wrote is metadata like any other, and stops nobody", async (t) => {
  for (const position of ["x", "-1", "1.5", "", "9".repeat(20)]) {
    const given = { origin: { position, recordedAt: 1, metadata: "e30=" } };
    const { metadata, origin } = readMetadata(given);
    t.equal(origin, undefined, position);
    t.same(JSON.parse(new TextDecoder().decode(metadata)), given);
  }
  t.same(readMetadata({ origin: { position: "7", recordedAt: 1, metadata: "e30=" } }).origin, {
    position: 7n,
    recordedAt: 1,
  });
});

t.test("metadata that the client has parsed comes as the bytes it was, in a Uint8Array", async (t) => {
  for (const text of ['{"note":"ғарбий ҳудуд"}', '["\u20ac",1.5,null]', '"x"', "[]", "0"]) {
    const { metadata } = readMetadata(JSON.parse(text));
    t.equal(Object.getPrototypeOf(metadata), Uint8Array.prototype, "and no kind of it");
    t.equal(new TextDecoder().decode(metadata), text);
  }
});
