import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { startChild } from "./support/child.ts";
import { temporaryFolder } from "./support/open-embedded.ts";

const canMount = (): boolean =>
  spawnSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const skip = canMount() ? false : "this system lets nobody mount a small disk for a test";

t.test(
  "a full disk is told, stores nothing by halves, and the log goes on once there is space",
  { skip },
  async (t) => {
    const folder = join(await temporaryFolder(t), "disk");
    await mkdir(folder);
    const mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
    const through = [...mounted, `mount -t tmpfs -o size=4m tmpfs "${folder}" && exec "$0" "$@"`];
    const child = startChild(t, "./fill-disk.ts", [folder], { through });
    const said = async (): Promise<unknown> => JSON.parse((await child.nextLine()) ?? "null");
    t.equal(await said(), "stored");
    const whileFull = await said();
    t.same(
      whileFull,
      Array.from({ length: 40 }, () => "not-stored"),
    );
    t.equal(await said(), "not-stored");
    t.same(await said(), ["before"], "what failed is not to be seen");
    t.equal(await said(), "stored");
    t.equal(await said(), "stored", "what failed can be appended");
    t.same(await said(), ["before", "space again", "full0"], "nor after it was opened again");
  },
);
