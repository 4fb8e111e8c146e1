import t from "tap";
import { contract } from "./contract.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

contract(
  t,
  async (t) => openIn(t, await temporaryFolder(t)),
  async (t) => {
    const folder = await temporaryFolder(t);
    const store = await openIn(t, folder);
    const restart = async () => {
      await store.close();
      return openIn(t, folder);
    };
    return { store, restart };
  },
);
