import t from "tap";
import { contract } from "./contract.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

contract(t, async (t) => openIn(t, await temporaryFolder(t)));
