import t from "tap";
import { contract } from "./contract.ts";
import { openAt } from "./support/open-eventstoredb.ts";

const url = process.env["EVENTSTORE_URL"] ?? "";
contract(t, (t) => openAt(t, url));
