import t from "tap";
import { contract } from "./contract.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { serverFor, serverProcess } from "./support/servers.ts";

/** The contract's bursts may take long where the machine is busy with other things: server and client share it. */
const limits = { waitingMilliseconds: 120_000, appendMilliseconds: 60_000, readMilliseconds: 60_000 };

/** Against a real server where `EVENTSTORE_URL` names one (one node, or three), else against the stand-in. */
const url = await serverFor(t);
t.comment(process.env["EVENTSTORE_URL"] === undefined ? "against the stand-in" : "against EVENTSTORE_URL");

contract(
  t,
  (t) => openAt(t, url, { limits }),
  async (t) => {
    const server = await serverProcess(t);
    await server.start();
    const store = await openAt(t, server.url);
    const restart = async () => {
      await server.kill();
      await server.start();
      return store;
    };
    return { store, restart };
  },
);
