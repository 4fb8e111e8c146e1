import { DatabaseSync } from "node:sqlite";
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from "node:worker_threads";
import { createCheckpoints, type Checkpoints } from "./checkpoints.ts";
import { MAX_TRANSACTION_BYTES, MAX_TRANSACTION_EVENTS } from "./limits.ts";
import { lockLog } from "./lock.ts";
import { NUMBERS_PER_ANSWER, type AppendMessage, type FromWriter, type ToWriter, type WriterData } from "./messages.ts";
import { LogFileRefused } from "./refused.ts";
import { prepareFile } from "./schema.ts";
import { failedBeforeTheEnd, messageOf, SQLITE_CORRUPT, SQLITE_NOT_A_DATABASE, sqliteCode } from "./sqlite-errors.ts";
import { requestsOf } from "./requests.ts";
import { openWriterLog, type Answer, type WriterLog } from "./writer-log.ts";

/*
 * The writer's thread: the only one that changes the file, so that no disk sync ever holds the event loop that serves
 * sockets. It works off its messages in order and takes all appends that wait together into one transaction.
 */

interface Writer {
  readonly port: MessagePort;
  readonly database: DatabaseSync;
  readonly log: WriterLog;
  readonly checkpoints: Checkpoints;
  readonly unlock: () => void;
}

const answer = (port: MessagePort, message: FromWriter): void => {
  port.postMessage(message);
};

const takeNext = (port: MessagePort): ToWriter | undefined =>
  // The port's other end is ours, see writer-client.ts.
  receiveMessageOnPort(port)?.message as ToWriter | undefined;

/** @returns the message that ended the gathering, if there was one: it is still to be handled. */
const runTransaction = ({ port, log, checkpoints }: Writer, first: AppendMessage): ToWriter | undefined => {
  const answers: Answer[] = [];
  let next: ToWriter | undefined = first;
  let messages = 0;
  let events = 0;
  let bytes = 0;
  let committing = false;
  try {
    log.begin();
    while (next?.kind === "append") {
      messages += 1;
      bytes += next.bytes.byteLength;
      for (const request of requestsOf(next)) {
        events += request.events.length;
        answers.push(log.append(request));
      }
      const full = events >= MAX_TRANSACTION_EVENTS || bytes >= MAX_TRANSACTION_BYTES;
      next = full ? undefined : takeNext(port);
    }
    committing = true;
    const indexed = log.commit();
    answer(port, { kind: "committed", messages, answers: toNumbers(answers), indexed });
  } catch (problem) {
    log.rollback();
    // Not visible now; after a crash it might be, if the commit was written and only not confirmed.
    const outcome = committing && !failedBeforeTheEnd(problem) ? "unknown" : "not-stored";
    answer(port, { kind: "failed", messages: Math.max(messages, 1), outcome, message: messageOf(problem) });
  }
  checkpoints.afterCommit(bytes);
  return next?.kind === "append" ? undefined : next;
};

const toNumbers = (answers: readonly Answer[]): Float64Array => {
  const numbers = new Float64Array(NUMBERS_PER_ANSWER * answers.length);
  answers.forEach(({ how, revision, position, newStream }, index) => {
    numbers.set([how, revision, position, newStream], NUMBERS_PER_ANSWER * index);
  });
  return numbers;
};

const handle = (writer: Writer, message: ToWriter): void => {
  const { port, log } = writer;
  switch (message.kind) {
    case "append": {
      const next = runTransaction(writer, message);
      if (next !== undefined) handle(writer, next);
      return;
    }
    case "continueAbove":
      try {
        answer(port, { kind: "continues", above: log.continueAbove(message.position) });
      } catch (problem) {
        answer(port, { kind: "not-continued", message: messageOf(problem) });
      }
      return;
    case "close":
      void close(writer);
  }
};

const close = async ({ port, database, checkpoints, unlock }: Writer): Promise<void> => {
  await checkpoints.stop();
  // The last connection to close brings the write-ahead log into the file.
  database.close();
  unlock();
  answer(port, { kind: "closed" });
  port.close();
};

const open = (port: MessagePort, { file, firstPositionAbove }: WriterData): void => {
  const unlock = lockLog(file);
  const database = new DatabaseSync(file);
  try {
    prepareFile(database, file);
    const log = openWriterLog(database);
    log.continueAbove(firstPositionAbove);
    const report = (problem: unknown): void => {
      answer(port, { kind: "trouble", message: messageOf(problem) });
    };
    const writer = { port, database, log, unlock, checkpoints: createCheckpoints(database, file, report) };
    port.on("message", (message: ToWriter) => handle(writer, message));
    answer(port, { kind: "ready", state: log.state() });
  } catch (problem) {
    database.close();
    unlock();
    throw problem;
  }
};

const refusalOf = (problem: unknown, file: string): FromWriter => {
  if (problem instanceof LogFileRefused) return { kind: "refused", refusal: problem.refusal, message: problem.message };
  const code = sqliteCode(problem);
  if (code === SQLITE_NOT_A_DATABASE) {
    return { kind: "refused", refusal: "not-a-log", message: `${file} is no SQLite file, so no event log of Safar.` };
  }
  if (code === SQLITE_CORRUPT) {
    const message = `${file} is damaged (${messageOf(problem)}): restore it from the last backup.`;
    return { kind: "refused", refusal: "damaged", message };
  }
  return { kind: "refused", refusal: "cannot-open", message: `${file} cannot be opened: ${messageOf(problem)}` };
};

if (parentPort !== null) {
  const data = workerData as WriterData;
  try {
    open(parentPort, data);
  } catch (problem) {
    answer(parentPort, refusalOf(problem, data.file));
  }
}
