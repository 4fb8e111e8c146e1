import { parseArgs } from "node:util";
import { startS3 } from "./s3/server.ts";

/**
 * The stand-in for an S3-compatible store as a process of its own, for a cluster under development: `--folder DIR
 * --port N`, with the secret of the key `safar` in S3_SECRET.
 */
const { values } = parseArgs({ options: { folder: { type: "string" }, port: { type: "string" } } });
const { folder, port } = values;
const secret = process.env["S3_SECRET"];
if (folder === undefined || port === undefined || secret === undefined)
  throw new Error("--folder, --port and S3_SECRET are needed");

const stops: (() => Promise<void>)[] = [];
const credentials = { key: "safar", secret, region: "tashkent" };
await startS3({ teardown: (stop) => void stops.push(stop) }, { folder, port: Number(port), credentials });
process.stderr.write("this is a stand-in for an S3-compatible store, for development and tests\n");
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    void Promise.all(stops.map((stop) => stop())).then(() => process.exit(0));
  });
