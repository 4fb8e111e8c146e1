import fc from "fast-check";
import { deepEqual } from "node:assert/strict";
import t from "tap";
import { LANGUAGES, say } from "@safar/contracts";
import { FAULT_SENTENCES, ListRefused, type ListFault } from "../../src/lists/faults.ts";
import { LIST_LIMITS, type ListLimits } from "../../src/lists/limits.ts";
import { readList, type ListRow } from "../../src/lists/read-list.ts";
import { collect, inChunksOf } from "./bytes.ts";

const columns = ["row", "surname", "phone"] as const;
type Row = ListRow<(typeof columns)[number]>;

/** What a reader got before the end or the fault. */
const outcomeOf = async (
  list: string | Uint8Array,
  { limits = LIST_LIMITS, size = 5 }: { limits?: ListLimits; size?: number } = {},
): Promise<{ rows: Row[]; fault?: ListFault }> => {
  const rows: Row[] = [];
  try {
    for await (const row of readList(inChunksOf(size, list), columns, limits)) rows.push(row);
    return { rows };
  } catch (error) {
    if (error instanceof ListRefused) return { rows, fault: error.fault };
    throw error;
  }
};

const cellsOf = async (list: string) => (await outcomeOf(list)).rows.map(({ cells }) => cells);

t.test("a list is read with or without a mark, with CRLF or LF, with or without a last line end", async (t) => {
  const expected = [
    { row: "1", surname: "G‘aniyev", phone: "+998901234567" },
    { row: "2", surname: "Ўринов", phone: "" },
  ];
  const list = "row;surname;phone\r\n1;G‘aniyev;+998901234567\r\n2;Ўринов;\r\n";
  for (const text of [
    list,
    `\ufeff${list}`,
    list.replaceAll("\r", ""),
    list.trimEnd(),
    `${list}\r\n\r\n`,
    list.replaceAll("\r\n", "\r\n\r\n"),
  ])
    t.same(await cellsOf(text), expected, JSON.stringify(text));
});

t.test("the columns may stand in any order, and a column of reasons is passed over", async (t) => {
  const expected = [{ row: "1", surname: "Aliyev", phone: "90" }];
  t.same(await cellsOf("phone;row;surname\n90;1;Aliyev"), expected);
  t.same(await cellsOf("phone;reasons;row;surname\n90;phone-invalid;1;Aliyev"), expected);
});

t.test("a quoted cell may hold semicolons, line ends and quotation marks", async (t) => {
  t.same(await cellsOf('row;surname;phone\r\n1;"a;""b""\r\nc";""\r\n'), [
    { row: "1", surname: 'a;"b"\r\nc', phone: "" },
  ]);
});

t.test("a quotation mark within an unquoted cell is a character like any other", async (t) => {
  t.same(await cellsOf('row;surname;phone\n1;MChJ "Yulduz";90\n2;b;91'), [
    { row: "1", surname: 'MChJ "Yulduz"', phone: "90" },
    { row: "2", surname: "b", phone: "91" },
  ]);
});

t.test("records are counted from 1 whatever the row column says, with the line they begin on", async (t) => {
  const { rows } = await outcomeOf('row;surname;phone\r\n7;"a\r\nb";1\r\n\r\n7;c;2\r\nx;d;3\r\n');
  t.same(
    rows.map(({ row, line }) => [row, line]),
    [
      [1, 2],
      [2, 5],
      [3, 6],
    ],
  );
});

t.test("a record with another number of cells has a fault, and the list goes on", async (t) => {
  const { rows, fault } = await outcomeOf("row;surname;phone\n1;a;1\n2;b\n3;c;3;4\n4;d;4\n");
  t.equal(fault, undefined);
  t.same(
    rows.map((row) => row.fault?.code),
    [undefined, "fields-count-wrong", "fields-count-wrong", undefined],
  );
  t.match(rows[1], {
    row: 2,
    line: 3,
    cells: { row: "2", surname: "b", phone: "" },
    fault: { params: { found: 2, expected: 3 } },
  });
});

t.test("a cell over its limit has a fault that names the column, and the list goes on", async (t) => {
  const limits = { ...LIST_LIMITS, fieldBytes: 4 };
  const { rows } = await outcomeOf("row;surname;phone\n1;abcd;1\n2;ўўў;2\n3;c;3\n", { limits });
  t.same(
    rows.map((row) => row.fault?.code),
    [undefined, "field-too-long", undefined],
  );
  t.match(rows[1]?.fault, { params: { column: "surname", limit: 4 } });
});

t.test("columns that are unknown, missing or doubled are all named", async (t) => {
  const { fault } = await outcomeOf("row;surnam;row;\n1;a;b;\n");
  t.match(fault, {
    code: "list-columns-wrong",
    line: 1,
    params: { unknown: "surnam, ", missing: "surname, phone", doubled: "row" },
  });
  t.match((await outcomeOf("row,surname,phone\n1,a,2\n")).fault, { params: { unknown: "row,surname,phone" } });
});

t.test("a list without a header is empty", async (t) => {
  for (const text of ["", "\ufeff", "\r\n\r\n"])
    t.match((await outcomeOf(text)).fault, { code: "list-empty" }, JSON.stringify(text));
});

const list = "row;surname;phone\r\n1;Karimov;1\r\n2;Каримов;2\r\n";

t.test("UTF-16 is refused and named", async (t) => {
  const withMark = Buffer.from(`\ufeff${list}`, "utf16le");
  t.match((await outcomeOf(withMark)).fault, { code: "list-not-utf8", line: 1, params: { found: "UTF-16" } });
  t.match((await outcomeOf(Buffer.from(list, "utf16le"))).fault, { code: "list-not-utf8", line: 1 });
  t.match((await outcomeOf(withMark.swap16())).fault, { code: "list-not-utf8", line: 1, params: { found: "UTF-16" } });
});

t.test("windows-1251 is refused at the first line with a Cyrillic letter, after the rows before it", async (t) => {
  const bytes = Buffer.from(list.replace("Каримов", "\u00ca\u00e0\u00f0\u00e8\u00ec\u00ee\u00e2"), "latin1");
  for (const size of [1, 7, 1000]) {
    const { rows, fault } = await outcomeOf(bytes, { size });
    t.match(fault, { code: "list-not-utf8", line: 3 });
    t.equal(rows.length, 1);
  }
});

t.test("a quotation mark that is never closed is refused with the line on which its record begins", async (t) => {
  for (const size of [1, 7, 1000]) {
    const { rows, fault } = await outcomeOf('row;surname;phone\n1;a;1\n2;"b;2\n3;c;3\n', { size });
    t.match(fault, { code: "list-quote-unclosed", line: 3 });
    t.equal(rows.length, 1);
  }
});

t.test("a record over its limit is refused before it is held whole", async (t) => {
  const limits = { ...LIST_LIMITS, recordBytes: 40 };
  for (const record of [`2;${"b".repeat(60)};2`, `2;"${"b\n".repeat(60)}";2`, ";".repeat(60)]) {
    const { rows, fault } = await outcomeOf(`row;surname;phone\n1;a;1\n${record}`, { limits });
    t.match(fault, { code: "list-record-too-long", line: 3, params: { limit: 40 } }, record.slice(0, 5));
    t.equal(rows.length, 1);
  }
});

t.test("a line about as long as a record may be is read in one way, however its bytes are cut", async (t) => {
  const limits = { ...LIST_LIMITS, recordBytes: 24 };
  for (let length = limits.recordBytes - 2; length <= 2 * limits.recordBytes + 2; length += 1) {
    const quotes = '""'.repeat(Math.floor((length - 7) / 2));
    for (const cells of ["1;a;".padEnd(length, "2"), `1;"${quotes}";9`.padEnd(length, "2")])
      for (const end of ["\n", "\r\n"]) {
        const text = ["row;surname;phone", "1;a;1", cells, "3;c;3", ""].join(end);
        const whole = await outcomeOf(text, { limits, size: text.length });
        t.equal(whole.rows.length, length + end.length - 1 > limits.recordBytes ? 1 : 3, `${cells.length} bytes`);
        for (let size = 1; size < text.length; size += 1) deepEqual(await outcomeOf(text, { limits, size }), whole);
      }
  }
});

t.test("a list without a line end is refused once the limit is passed, not at its end", async (t) => {
  let taken = 0;
  const endless = async function* () {
    for (;;) {
      taken += 1;
      yield Buffer.alloc(1024, "x");
    }
  };
  await t.rejects(collect(readList(endless(), columns)), ListRefused);
  t.equal(taken, LIST_LIMITS.recordBytes / 1024 + 1);
});

t.test("more rows or columns than the limit are refused", async (t) => {
  const rowsLimited = await outcomeOf("row;surname;phone\n1;a;1\n2;b;2\n3;c;3\n", {
    limits: { ...LIST_LIMITS, rows: 2 },
  });
  t.equal(rowsLimited.rows.length, 2);
  t.match(rowsLimited.fault, { code: "list-rows-too-many", params: { limit: 2 } });
  const columnsLimited = await outcomeOf("row;surname;phone\n", { limits: { ...LIST_LIMITS, columns: 2 } });
  t.match(columnsLimited.fault, { code: "list-columns-too-many", params: { found: 3, limit: 2 } });
});

t.test("how the bytes are cut changes nothing of what is read", async () => {
  const unit = fc.constantFrom(";", '"', "\n", "\r\n", "a", "ў", "1", "'=x", "row;surname;phone\n", "1;a;2\n");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, maxLength: 30 }), fc.integer({ min: 1, max: 9 }), async (body, size) => {
      const text = `row;surname;phone\n${body}`;
      deepEqual(await outcomeOf(text, { size }), await outcomeOf(text, { size: 10_000 }));
    }),
    { numRuns: 300 },
  );
});

t.test("a reader that stops early lets go of the source", async (t) => {
  let released = false;
  const source = async function* () {
    try {
      for (;;) yield Buffer.from("row;surname;phone\n1;a;1\n");
    } finally {
      released = true;
    }
  };
  for await (const { row } of readList(source(), columns)) if (row === 3) break;
  t.ok(released);
});

t.test("a fault of the source itself is passed on as it is", async (t) => {
  const source = async function* () {
    yield Buffer.from("row;surname;phone\n");
    throw new RangeError("the disk is gone");
  };
  await t.rejects(collect(readList(source(), columns)), { name: "RangeError", message: "the disk is gone" });
});

t.test("every fault has a sentence in all four languages that needs nothing more than it is given", async (t) => {
  const params = { line: 1, found: 1, limit: 1, expected: 1, column: "c", unknown: "u", missing: "m", doubled: "d" };
  for (const sentence of Object.values(FAULT_SENTENCES))
    for (const language of LANGUAGES) t.notMatch(say(sentence, language, params), /[{}]/, sentence.en);
});
