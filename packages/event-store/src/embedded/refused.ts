/** Why a file cannot be opened as the log. */
export type LogFileRefusal = "in-use" | "newer-version" | "not-a-log" | "damaged" | "cannot-open";

/** The log's file cannot be opened; the message is a sentence that says what to do. Nothing was changed. */
export class LogFileRefused extends Error {
  override readonly name = "LogFileRefused";
  readonly refusal: LogFileRefusal;
  readonly file: string;
  constructor(refusal: LogFileRefusal, file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.refusal = refusal;
    this.file = file;
  }
}
