import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { isFormulaCell } from "@safar/contracts";
import { readList } from "../../src/lists/read-list.ts";
import { writeList } from "../../src/lists/write-list.ts";
import { collect, inChunksOf } from "./bytes.ts";

const columns = ["surname", "profession"] as const;
type Cells = Record<(typeof columns)[number], string>;

const textOf = async (rows: readonly Cells[]): Promise<string> => {
  const chunks = await collect(writeList(columns, rows));
  return Buffer.concat(chunks).toString("utf8");
};

t.test("a list has a byte-order mark, semicolons and CRLF, and quotation marks where they are needed", async (t) => {
  t.equal(
    await textOf([
      { surname: "G‘aniyev", profession: "haydovchi" },
      { surname: 'a "b"', profession: "a;b" },
      { surname: "two\nlines", profession: " spaced " },
    ]),
    '\ufeffsurname;profession\r\nG‘aniyev;haydovchi\r\n"a ""b""";"a;b"\r\n"two\nlines";" spaced "\r\n',
  );
});

t.test("an empty list still has its columns", async (t) => {
  t.equal(await textOf([]), "\ufeffsurname;profession\r\n");
});

t.test("a formula gets an apostrophe; phones and plain numbers do not", async (t) => {
  t.equal(
    await textOf([
      { surname: "=1+1", profession: "'=1+1" },
      { surname: "+998901234567", profession: "-5" },
      { surname: "'Abdulla", profession: "''" },
    ]),
    "\ufeffsurname;profession\r\n'=1+1;''=1+1\r\n+998901234567;-5\r\n'Abdulla;''\r\n",
  );
});

/** What a hostile or careless cell may begin with and hold. */
const awkward = fc.string({
  unit: fc.constantFrom(
    "'",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    ";",
    '"',
    " ",
    "\u00a0",
    "\ufeff",
    "1",
    "a",
    "ў",
    "😀",
  ),
  maxLength: 8,
});
const anyText = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.includes("\0"));
const cell = fc.oneof(awkward, anyText);

t.test("whatever the cells hold, they are read back as they were, however the bytes are cut", async () => {
  const rows = fc.array(fc.record({ surname: cell, profession: cell }, { noNullPrototype: true }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const read = await collect(readList(inChunksOf(size, await textOf(rows)), columns));
      deepEqual(
        read.map(({ cells }) => cells),
        rows,
      );
    }),
    { numRuns: 300 },
  );
});

t.test("a list of one column keeps its empty cells", async (t) => {
  const chunks = await collect(writeList(["mark"], [{ mark: "" }, { mark: "x" }, { mark: "" }]));
  const read = await collect(readList(inChunksOf(7, Buffer.concat(chunks).toString()), ["mark"]));
  t.same(
    read.map(({ cells }) => cells.mark),
    ["", "x", ""],
  );
});

t.test("no cell that is written is one that a spreadsheet would run", async () => {
  await fc.assert(
    fc.asyncProperty(cell, async (text) => {
      const written = await collect(writeList(["mark"], [{ mark: text }]));
      const [, field = ""] = /^\ufeffmark\r\n([^]*)\r\n$/.exec(Buffer.concat(written).toString("utf8")) ?? [];
      const shown = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
      equal(isFormulaCell(shown), false, shown);
    }),
  );
});
