import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";

/** What V8 may take fits into what a container may take, everywhere a process of ours is started. */

const infra = join(import.meta.dirname, "../..");
const textOf = (name: string): string => readFileSync(join(infra, name), "utf8");
const heapOf = (text: string): number => Number(/NODE_OPTIONS=["'][^"']*--max-old-space-size=(\d+)/.exec(text)?.[1]);
/** Young generations of all threads, code, page caches, buffers: what is outside the old generation. */
const OUTSIDE_MB = 200;

t.test("the image says how large a heap may grow, and so does the cluster on one machine", async (t) => {
  const heap = heapOf(textOf("Dockerfile"));
  t.ok(heap > 0);
  t.equal(heapOf(textOf("../package.json")), heap);
});

t.test("a container may take that, and what is outside the heap", async (t) => {
  const wanted = heapOf(textOf("Dockerfile")) + OUTSIDE_MB;
  const limits = ["services", "relay", "gateway"].flatMap((name) =>
    [...textOf(`kubernetes/${name}.yaml`).matchAll(/limits: \{ memory: (\d+)Gi \}/g)].map(
      ([, size]) => Number(size) * 1_024,
    ),
  );
  t.equal(limits.length, 11, "nine services, relay and gateway");
  const [, compose] = /mem_limit: (\d+)g/.exec(textOf("compose.yaml")) ?? [];
  for (const limit of [...limits, Number(compose) * 1_024]) t.ok(limit >= wanted, `${limit} MB`);
});
