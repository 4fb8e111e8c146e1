import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@safar/kernel";
import type { Settings } from "../settings.ts";
import { DataFolderUnusable, type DataFolder } from "./data-folder.ts";

/** In the folder of a node whose data is a cluster's now. */
const MOVED_FILE = "moved.json";

const markOf = ({ root }: DataFolder): string => join(root, MOVED_FILE);

/** Whether a cluster has taken over what lies there, or is about to. */
export const isMoved = (folder: DataFolder): boolean => existsSync(markOf(folder));

const sync = (path: string): void => {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Durable before it returns: from now on no node starts on this folder. @throws what the disk says */
export const markMoved = (folder: DataFolder, { clock }: Environment): void => {
  if (isMoved(folder)) return;
  const draft = `${markOf(folder)}.${process.pid}`;
  const movedAt = new Date(clock.now()).toISOString();
  writeFileSync(draft, `${JSON.stringify({ movedAt })}\n`, { mode: 0o600 });
  sync(draft);
  renameSync(draft, markOf(folder));
  sync(folder.root);
};

/**
 * Two lines of history would grow where a node went on with data that a cluster has taken over. A process that finds
 * both log and vault elsewhere may use the folder.
 * @throws DataFolderUnusable
 */
export const refuseMoved = (folder: DataFolder, settings: Pick<Settings, "EVENTSTORE_URL" | "VAULT_URL">): void => {
  if (settings.EVENTSTORE_URL !== undefined && settings.VAULT_URL !== undefined) return;
  if (!isMoved(folder)) return;
  throw new DataFolderUnusable(
    `The data in ${folder.root} was moved to a cluster, and goes on there: start the cluster, with EVENTSTORE_URL, VAULT_URL and FILES_URL set. ` +
      "If the move was broken off at its end, repeat it (npm run migrate). How to go back to this node, before the cluster was used: docs/operating/cluster.md.",
  );
};
