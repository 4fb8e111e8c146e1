import { CsvError, Parser } from "csv-parse";
import { faultOf, ListRefused } from "./faults.ts";
import { linesOf } from "./lines-of.ts";
import type { ListLimits } from "./limits.ts";

/** One record of a CSV file, the header included. */
export interface CsvRecord {
  readonly fields: readonly string[];
  /** The line on which it begins, from 1. */
  readonly line: number;
}

const countLineBreaks = (fields: readonly string[]): number =>
  fields.reduce((sum, field) => sum + field.split("\n").length - 1, 0);

/** Hands each piece to the parser and takes the records that it completed; the rest of its stream is not used. */
class RecordParser {
  readonly #limits: ListLimits;
  readonly #parser: Parser;
  #records: CsvRecord[] = [];
  #lines = 0;
  #emptyLines = 0;

  constructor(limits: ListLimits) {
    this.#limits = limits;
    this.#parser = new Parser({
      delimiter: ";",
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      // A quotation mark within an unquoted field is a character like any other, as spreadsheets read it.
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: limits.recordBytes,
      on_record: (fields: string[], { empty_lines }) => {
        this.#emptyLines = empty_lines;
        this.#records.push({ fields, line: this.#nextLine() });
        this.#lines += 1 + countLineBreaks(fields);
        return null;
      },
    });
    // What went wrong comes by the callbacks; without a listener it would end the process as well.
    this.#parser.on("error", () => undefined);
    this.#parser.resume();
  }

  #nextLine(): number {
    return this.#lines + this.#emptyLines + 1;
  }

  /** Everything that was completed comes out before the fault, so that cutting the bytes otherwise changes nothing. */
  *#taken(error: Error | null | undefined): Generator<CsvRecord, void, void> {
    const records = this.#records;
    this.#records = [];
    yield* records;
    if (error) throw this.#refusalOf(error);
  }

  #refusalOf(error: Error): Error {
    if (!(error instanceof CsvError)) return error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") return new ListRefused(faultOf("list-quote-unclosed", this.#nextLine()));
    if (error.code !== "CSV_MAX_RECORD_SIZE") return error;
    return new ListRefused(faultOf("list-record-too-long", this.#nextLine(), { limit: this.#limits.recordBytes }));
  }

  async write(text: string): Promise<Iterable<CsvRecord>> {
    if (text === "") return [];
    const error = await new Promise<Error | null | undefined>((done) => this.#parser.write(text, done));
    return this.#taken(error);
  }

  async end(): Promise<Iterable<CsvRecord>> {
    const error = await new Promise<Error | null | undefined>((done) => {
      this.#parser.once("error", done);
      this.#parser.once("finish", () => {
        done(null);
      });
      this.#parser.end();
    });
    return this.#taken(error);
  }

  /** The parser looks ahead: only its end gives the last record, here before a fault that is not the parser's own. */
  async *endBefore(refused: ListRefused): AsyncGenerator<CsvRecord, void, void> {
    try {
      yield* await this.end();
    } catch (error) {
      if (!(error instanceof ListRefused)) throw error;
    }
    throw refused;
  }

  close(): void {
    this.#parser.destroy();
  }
}

/** @throws ListRefused */
export async function* recordsOf(
  source: AsyncIterable<Uint8Array>,
  limits: ListLimits,
): AsyncGenerator<CsvRecord, void, void> {
  const parser = new RecordParser(limits);
  try {
    for await (const { text, refused } of linesOf(source, limits)) {
      yield* await parser.write(text);
      if (refused) yield* parser.endBefore(refused);
    }
    yield* await parser.end();
  } finally {
    parser.close();
  }
}
