import { existsSync, readdirSync } from "node:fs";
import { dataFolderAt, isMoved, type Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { listens } from "./listening.ts";

const hasLog = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/**
 * What a person should know before anything is made or started.
 * @param tell takes a line for that person
 * @throws NotDone where the port of the one origin is taken
 */
export const lookFirst = async (settings: Settings, tell: (line: string) => void): Promise<void> => {
  const folder = dataFolderAt(settings);
  const { root, log } = folder;
  if (hasLog(log) && !isMoved(folder))
    tell(
      `${root} holds the data of a single node, which the cluster does not read: npm run migrate -- --from ${root} --to esdb://… moves it to the cluster's servers.`,
    );
  const { SAFAR_PORT: port } = settings;
  if (port !== 0 && (await listens(port)))
    throw new NotDone(
      `Port ${port} is taken by another program, perhaps a Safar that runs already: stop it, or set SAFAR_PORT.`,
    );
};
