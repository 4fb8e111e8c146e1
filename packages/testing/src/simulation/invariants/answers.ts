import { isDeepStrictEqual } from "node:util";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import type { DoorAnswer, DoorRequest } from "../doors.ts";
import type { Verdict } from "../verdict.ts";
import type { LogAudit } from "./log.ts";

/** What clients were told: the same key hears the same answer for ever, and what was told is true. */
export interface Answers {
  heard(request: DoorRequest, answer: DoorAnswer): void;
  /** Commands that succeeded, to be sent again. */
  readonly succeeded: readonly DoorRequest[];
  verify(): void;
}

interface Success {
  readonly request: DoorRequest;
  readonly answer: DoorAnswer;
  readonly transactionId: string;
}

const keyOf = ({ caller, path, headers }: DoorRequest): string =>
  `${caller.issuer} ${caller.subject} ${path} ${headers["idempotency-key"] ?? ""}`;

/** As the architecture fixes it: whoever sends a command can say which transaction it is. */
const transactionOf = ({ caller, path, headers }: DoorRequest): string =>
  deriveUuid(
    SAFAR_NAMESPACE,
    "transaction",
    caller.issuer,
    caller.subject,
    "POST",
    path,
    headers["idempotency-key"] ?? "",
  );

export const createAnswers = (audit: LogAudit, verdict: Verdict): Answers => {
  const successes = new Map<string, Success>();
  const succeeded: DoorRequest[] = [];

  const isRecorded = ({ answer, transactionId }: Success): boolean => {
    const { position } = answer.body;
    return typeof position === "string" && audit.at(BigInt(position))?.meta.transactionId === transactionId;
  };

  const first = (request: DoorRequest, answer: DoorAnswer): void => {
    const success: Success = { request, answer, transactionId: transactionOf(request) };
    successes.set(keyOf(request), success);
    succeeded.push(request);
    if (!isRecorded(success)) verdict.broken(1, `POST ${request.path} was answered, and is not in the log`);
  };

  return {
    succeeded,
    heard(request, answer) {
      if (answer.unexpected !== undefined) {
        const { message } = answer.unexpected as Error;
        verdict.broken(9, `${request.method} ${request.path} ended in an unexpected error: ${message}`);
      }
      if (request.headers["idempotency-key"] === undefined || answer.status >= 500) return;
      const earlier = successes.get(keyOf(request));
      if (earlier === undefined && answer.status < 300) first(request, answer);
      if (earlier === undefined || isDeepStrictEqual({ ...earlier.answer }, { ...answer })) return;
      verdict.broken(
        5,
        `POST ${request.path} with the same key was answered ${earlier.answer.status}, then ${answer.status}`,
      );
    },
    verify() {
      const givenUp = new Set(
        audit.events.filter(({ type }) => type === "ReservationGivenUp").map(({ meta }) => meta.transactionId),
      );
      for (const success of successes.values()) {
        const { path } = success.request;
        if (!isRecorded(success)) verdict.broken(1, `POST ${path} was answered, and is no longer in the log`);
        if (givenUp.has(success.transactionId))
          verdict.broken(1, `POST ${path} was answered with success, and was given up afterwards`);
      }
    },
  };
};
