import type { Logger } from "pino";
import type { Metrics } from "./metrics.ts";

/** What cannot be written now, and why. */
export interface WriteTrouble {
  /** `log`, `vault`, or the service whose tables it is. */
  readonly part: string;
  readonly reason: "disk-full" | "disk-fails";
}

/** Which parts of a process cannot be written: told once at the beginning and once at the end, and to readiness. */
export interface WriteTroubles {
  /** A write failed; any error, also one that says nothing of the disk. */
  failed(part: string, error: unknown): void;
  succeeded(part: string): void;
  /** Of the disk only: what else stops a part is not mended by sending work elsewhere. */
  present(): readonly WriteTrouble[];
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html): readonly, I/O error, full, cannot open. */
const SQLITE_OF_DISK: ReadonlySet<number> = new Set([8, 10, 13, 14]);
const SYSTEM_OF_DISK = /\b(?:ENOSPC|EDQUOT|EFBIG|EIO|EROFS)\b/;
const FULL = /\b(?:ENOSPC|EDQUOT)\b|\bis full\b/;
/** What the writers of log and vault say in words, since an error's code does not leave their thread. */
const WORDS_OF_DISK = /\bis full\b|disk I\/O error|readonly database|unable to open database/;

/** undefined: the disk is not what is wrong. */
export const diskTroubleOf = (error: unknown): WriteTrouble["reason"] | undefined => {
  const text = String(error);
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
  const isOfDisk =
    (code !== undefined && SQLITE_OF_DISK.has(code)) || SYSTEM_OF_DISK.test(text) || WORDS_OF_DISK.test(text);
  if (!isOfDisk) return undefined;
  return FULL.test(text) ? "disk-full" : "disk-fails";
};

export const createWriteTroubles = ({ metrics, log }: { metrics: Metrics; log: Logger }): WriteTroubles => {
  const troubles = new Map<string, { readonly said: string; readonly reason: WriteTrouble["reason"] | undefined }>();
  return {
    failed(part, error) {
      const reason = diskTroubleOf(error);
      if (reason !== undefined)
        metrics.count("safar_writes_failed_total", "Writes that the disk refused", { part, reason });
      const said = String(error);
      if (troubles.get(part)?.said !== said)
        log.error({ err: error, part }, "a part cannot be written; it is tried again, and told when it goes on");
      troubles.set(part, { said, reason });
    },
    succeeded(part) {
      if (troubles.delete(part)) log.warn({ part }, "it is written again");
    },
    present: () => [...troubles].flatMap(([part, { reason }]) => (reason === undefined ? [] : [{ part, reason }])),
  };
};
