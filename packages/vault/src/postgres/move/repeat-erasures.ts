import type { Environment } from "@safar/kernel";
import { text } from "../../columns.ts";
import type { Connections } from "../connections.ts";
import { erasureMethods } from "../erasure.ts";
import { silent } from "../log.ts";
import type { LooseObjects } from "../loose-objects.ts";
import { createVacuum } from "../vacuum.ts";
import { LASTING_PARTS } from "./parts.ts";
import { pagesOf } from "./rows.ts";
import type { Source } from "./source.ts";

/** Of these subjects, whose key was moved. */
const WITH_KEY = "SELECT subject FROM safar_vault.subject_keys WHERE subject = ANY ($1) AND wrapped IS NOT NULL";

/**
 * Who was erased on the node after an earlier try had moved the key is erased at the target as well: key, index entries
 * and files, with the time of the first erasure.
 */
export const repeatErasures = async (
  source: Source,
  target: { readonly connections: Connections; readonly loose: LooseObjects; readonly environment: Environment },
  signal?: AbortSignal,
): Promise<void> => {
  const { connections } = target;
  const { applyErasures } = erasureMethods({ ...target, vacuum: createVacuum(connections, silent) });
  for (const page of pagesOf(LASTING_PARTS.erasures, source, signal)) {
    const times = new Map(page.map(([subject = "", destroyedAt = ""]) => [subject, Number(destroyedAt)]));
    const found = await connections.ask(WITH_KEY, [[...times.keys()]]);
    const subjects = found.map((row) => text(row["subject"]));
    if (subjects.length === 0) continue;
    await applyErasures(subjects.map((subject) => ({ subject, destroyedAt: times.get(subject) ?? 0 })));
  }
};
