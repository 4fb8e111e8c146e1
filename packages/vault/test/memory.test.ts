import { openMemoryVault } from "../src/index.ts";
import { vaultContract } from "./contract.ts";

vaultContract("in memory", async (_t, environment) => openMemoryVault({ environment }));
