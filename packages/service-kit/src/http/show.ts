import type { FastifyRequest } from "fastify";
import { deriveUuid } from "@safar/kernel";
import { recordAccess } from "../personal/access-record.ts";
import { openPersonal, type Opened, type Sight } from "../personal/open.ts";
import { seesPersonalData } from "../auth/scope.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";
import type { Caller } from "../service/caller.ts";
import { actorOf, callerOf } from "./request-context.ts";

/** Who looks, at what: enough to put a reading on record. */
export interface Reader {
  readonly caller: Caller;
  readonly requestId: string;
  /** `registration.ReadCase`, `audit.History` … */
  readonly what: string;
  readonly page?: string;
}

export const readerOf = (request: FastifyRequest, what: string, page?: string): Reader => ({
  caller: callerOf(request),
  requestId: request.id,
  what,
  ...(page === undefined ? {} : { page }),
});

/** Puts a reading of these fields on record; does nothing where there are none. */
export const recordReading = async (
  kit: Kit,
  reader: Reader,
  caseId: string,
  fields: readonly string[],
): Promise<void> => {
  if (fields.length === 0) return;
  await recordAccess(kit.executor, {
    caseId,
    what: reader.what,
    fields,
    ...(reader.page === undefined ? {} : { page: reader.page }),
    actor: actorOf(reader.caller),
    occurredAt: nowOf(kit.environment),
    correlationId: reader.requestId,
    transactionId: deriveUuid(kit.environment.random.uuid(), "access"),
  });
};

/** What a caller sees of a case; undefined: nothing personal. */
export const sightOf = (kit: Kit, caller: Caller, caseId: string | undefined): Sight | undefined => {
  if (caseId === undefined || !seesPersonalData(caller.role)) return undefined;
  let header: ReturnType<typeof kit.executor.caseHeader> | undefined;
  return {
    sealer: kit.sealer,
    personId: async () => (await (header ??= kit.executor.caseHeader(caseId)))?.personId,
    onForeign(pointer) {
      kit.metrics.count("safar_foreign_values_total", "Personal values found in the case of another person, not shown");
      kit.log.error(
        { caseId, pointer },
        "a value of another person stands in this case: the log was written to by others",
      );
    },
  };
};

/**
 * Opens what the reader's role may see and hides the rest. The reading is on record in `access-<caseId>` before this
 * resolves, and so before the first byte is sent.
 * @param confirms pointers of what the reader learns without seeing it, having asked for it
 */
export const show = async (
  kit: Kit,
  reader: Reader,
  caseId: string | undefined,
  value: unknown,
  confirms: readonly string[] = [],
): Promise<Opened> => {
  const opened = await openPersonal(value, sightOf(kit, reader.caller, caseId));
  const read = new Set([...opened.shown, ...confirms]);
  if (caseId !== undefined) await recordReading(kit, reader, caseId, [...read]);
  return opened;
};

/** Adds `redacted` and `erased` to a document, where there are any. */
export const withPointers = (document: Readonly<Record<string, unknown>>, { redacted, erased }: Opened, root = "") => ({
  ...document,
  ...(redacted.length > 0 ? { redacted: redacted.map((pointer) => root + pointer) } : {}),
  ...(erased.length > 0 ? { erased: erased.map((pointer) => root + pointer) } : {}),
});
