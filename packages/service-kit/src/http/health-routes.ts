import type { FastifyInstance, FastifyRequest } from "fastify";
import { ROLE_WORDS, sentenceOf } from "@safar/contracts";
import { createBusHealth } from "../observability/bus-health.ts";
import { createLogHealth } from "../observability/log-health.ts";
import type { WriteTrouble } from "../observability/write-troubles.ts";
import { createVaultHealth } from "../observability/vault-health.ts";
import type { Kit } from "../runtime/kit.ts";
import type { ServiceRuntime } from "../runtime/service-runtime.ts";
import { ProblemError } from "./problem.ts";
import { isFromThisMachine } from "./this-machine.ts";

/** Of who sent no token. */
const NO_ROLE = sentenceOf("yo‘q", "йўқ", "нет", "none");

/** What is written by itself tells of its end by itself; log and vault only when somebody writes, so it is tried. */
const presentTroubles = async ({ writes, tryDisk }: Kit): Promise<readonly WriteTrouble[]> => {
  if (!tryDisk || writes.present().length === 0) return writes.present();
  const isWell = await tryDisk().then(
    () => true,
    () => false,
  );
  if (isWell) for (const part of ["log", "vault"]) writes.succeeded(part);
  return writes.present();
};

/** Whoever floods the doors from the same address as who looks after it must not make it look ill. */
const UNLIMITED = { config: { rateLimit: false } };

const mayReadMetrics = (request: FastifyRequest): boolean =>
  request.caller?.role === "admin" || isFromThisMachine(request.ip, request.headers);

/**
 * Liveness, readiness and metrics. Readiness asks the log itself, the vault, and what brings events. Where only the
 * last is not well, or the vault's files, the process stays ready, and says `degraded`: commands need neither, and with
 * every replica out of its turn nobody could work at all. So it does while the vault is away for a moment.
 */
export const registerHealth = (server: FastifyInstance, kit: Kit, runtimes: readonly ServiceRuntime[]): void => {
  const caughtUp = new Set<string>();
  const askLog = createLogHealth(kit.environment, kit.store);
  const askBus = createBusHealth(kit);
  const askVault = createVaultHealth(kit.environment, kit.vault);
  for (const runtime of runtimes)
    void runtime.ready.then(
      () => caughtUp.add(runtime.definition.name),
      () => undefined,
    );
  server.get("/health/live", { ...UNLIMITED, schema: { tags: ["health"], summary: "The process answers" } }, () => ({
    status: "live",
  }));
  server.get(
    "/health/ready",
    { ...UNLIMITED, schema: { tags: ["health"], summary: "Every part is ready to work" } },
    async (_request, reply) => {
      const [head, reactions, { vault, files, isReady: isVaultReady }] = await Promise.all([
        askLog(),
        askBus(),
        askVault(),
      ]);
      const log = head !== undefined;
      const waiting = runtimes.map(({ definition }) => definition.name).filter((name) => !caughtUp.has(name));
      const unwritable = await presentTroubles(kit);
      const isReady = log && isVaultReady && waiting.length === 0 && unwritable.length === 0;
      const isWhole = reactions.length === 0 && vault && files;
      const status = isReady ? (isWhole ? "ready" : "degraded") : "not-ready";
      return reply.status(isReady ? 200 : 503).send({
        status,
        log,
        bus: reactions.length === 0,
        vault,
        files,
        head: log ? String(head) : undefined,
        waiting,
        unwritable,
        reactions,
      });
    },
  );
  server.get(
    "/metrics",
    { schema: { tags: ["health"], summary: "Prometheus text; from loopback or by an admin" } },
    (request, reply) => {
      if (!mayReadMetrics(request))
        throw new ProblemError("role-not-allowed", {
          params: { needed: ROLE_WORDS.admin, role: request.caller ? ROLE_WORDS[request.caller.role] : NO_ROLE },
        });
      return reply.type("text/plain; version=0.0.4; charset=utf-8").send(kit.metrics.text());
    },
  );
};
