import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { isoDate, reasonCode, sha256, uuid } from "../fields.ts";
import { importKindSchema, judgedRowSchema } from "./rows.ts";

/**
 * `import-<importId>`: a list that was sent, and what became of its rows. No event holds anything that a row says;
 * the list itself lies in the vault. All private. An upload has a stream of its own, `import-<uploadId>`, so that
 * whatever interrupts it, its file and key are found and destroyed.
 */
export const ImportUploadBegan = event("ImportUploadBegan", z.strictObject({ kind: importKindSchema }));
/** Its key and file were destroyed: the list was refused, or its import has ended. */
export const ImportUploadErased = event("ImportUploadErased", z.strictObject({}));

/** The whole list is durable and can be read as one. Again after a failure, with another upload of the same bytes. */
export const ImportReceived = event(
  "ImportReceived",
  z.strictObject({
    kind: importKindSchema,
    uploadId: uuid,
    /** The unit of whoever sent it; with kind, `asOf` and `sha256` it makes the import's id. */
    unit: z.string().optional(),
    asOf: isoDate,
    sha256,
    bytes: z.int().min(0),
    rows: z.int().min(0),
  }),
);

/** Rows judged in the file's order, after those of the event before. */
export const ImportRowsJudged = event("ImportRowsJudged", z.strictObject({ rows: z.array(judgedRowSchema).min(1) }));

const count = z.int().min(0);
export const ImportFinished = event(
  "ImportFinished",
  z.strictObject({ rows: count, registered: count, rejected: count, duplicates: count, warned: count }),
);
/** The list can be read no more. Sent again, the import goes on where it stopped. */
export const ImportFailed = event("ImportFailed", z.strictObject({ reason: reasonCode }));
/** The key of the rejected and duplicate rows was destroyed: their time is over. */
export const ImportRowsErased = event("ImportRowsErased", z.strictObject({}));

/** The contracts of imports, as the service writes them that takes the list in. */
export const importContractsOf = (service: string) =>
  contractSet({
    category: "import",
    service,
    subject: "import",
    contracts: [
      ImportUploadBegan,
      ImportUploadErased,
      ImportReceived,
      ImportRowsJudged,
      ImportFinished,
      ImportFailed,
      ImportRowsErased,
    ],
  });

/** For readers: the imports of every service. */
export const importContracts = importContractsOf("service-kit");
