import { isDeepStrictEqual } from "node:util";
import type { Secrets } from "../../own-keys.ts";
import { VaultNotOpened } from "../../port.ts";
import type { Connections } from "../connections.ts";
import type { ObjectStore } from "../object-store.ts";
import { prepareSchema, type Found } from "../schema.ts";

/** Makes the tables of a vault that is being moved, or finds those of an earlier try. @throws VaultNotOpened */
export const prepareTarget = (connections: Connections, store: ObjectStore, secrets: Secrets): Promise<Found> =>
  connections.opening(async (ask) => {
    const found = await prepareSchema(ask, { secrets, moving: true });
    if (found.created) await checkEmpty(store);
    // Random as they are, the wrapped keys of its own tell one vault from another.
    if (!isSame(found.secrets, secrets)) {
      throw new VaultNotOpened("not-a-vault", "the database holds another vault; a move takes an empty database");
    }
    return found;
  });

const isSame = (left: Secrets, right: Secrets): boolean =>
  isDeepStrictEqual(
    [left.check, left.indexKey, left.requestKey].map((value) => Buffer.from(value)),
    [right.check, right.indexKey, right.requestKey].map((value) => Buffer.from(value)),
  );

const checkEmpty = async (store: ObjectStore): Promise<void> => {
  for await (const _object of store.list()) {
    throw new VaultNotOpened("not-a-vault", "there are files at FILES_URL already; a move takes an empty place");
  }
};
