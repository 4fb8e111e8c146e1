import type { Environment } from "@safar/kernel";
import { ask } from "./ask.ts";
import { troubleIn, type Trouble } from "./health-answer.ts";
import type { Upstreams } from "./upstreams.ts";

/** One process of a service, as the gateway last saw it. */
export interface Replica {
  /** `registration-1`. */
  readonly name: string;
  readonly service: string;
  readonly address: URL;
  standing: "ready" | "not-ready" | "away";
  /** Undefined: it is well. One whose reactions stand still takes requests all the same. */
  trouble: Trouble | undefined;
  /** Called each time that it does not answer: of requests that wait for it. */
  readonly waiting: Set<() => void>;
}

/** How often each replica is asked whether it is ready: a restarted one gets requests again within this time. */
const LOOK_EVERY_MS = 500;

/** Where a connection is refused nobody listens; whoever is merely slow is busy, and may answer yet. */
export const isNobodyThere = (error: unknown): boolean => {
  const { code, cause } = error as { readonly code?: string; readonly cause?: { readonly code?: string } };
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(code ?? cause?.code ?? "");
};

const RANK = { ready: 0, "not-ready": 1, away: 2 } as const;

/** The replicas of all services, each asked in turn; one that does not answer is passed over while others do. */
export const watchReplicas = (upstreams: Upstreams, environment: Environment, signal: AbortSignal) => {
  const all: readonly Replica[] = [...upstreams].flatMap(([service, addresses]) =>
    addresses.map((address, index): Replica => ({
      name: `${service}-${index + 1}`,
      service,
      address,
      standing: "not-ready",
      trouble: { status: "not-ready" },
      waiting: new Set(),
    })),
  );
  const turns = new Map<string, number>();
  const of = (service: string): readonly Replica[] => all.filter((replica) => replica.service === service);

  const look = async (replica: Replica): Promise<void> => {
    try {
      const answer = await ask(environment, replica.address, "/health/ready");
      replica.standing = answer.ok ? "ready" : "not-ready";
      replica.trouble = troubleIn(answer.ok, await answer.text());
    } catch (error) {
      replica.standing = isNobodyThere(error) ? "away" : "not-ready";
      replica.trouble = { status: replica.standing === "away" ? "away" : "silent" };
      for (const leave of replica.waiting) leave();
    }
  };
  /** Each by itself, so that one that hangs does not keep the others from being seen. */
  const watch = async (replica: Replica): Promise<void> => {
    while (!signal.aborted) {
      await look(replica);
      await environment.timers.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  };
  const watching = Promise.all(all.map(watch));

  return {
    all,
    watching,
    of,
    services: (): readonly string[] => [...upstreams.keys()],
    /** Every replica of a service, the one whose turn it is first, those that cannot be reached last. */
    inTurn(service: string): readonly Replica[] {
      const own = of(service);
      const turn = (turns.get(service) ?? 0) % Math.max(1, own.length);
      turns.set(service, turn + 1);
      return [...own.slice(turn), ...own.slice(0, turn)].sort((a, b) => RANK[a.standing] - RANK[b.standing]);
    },
    isDegraded: (service: string): boolean => of(service).some(({ trouble }) => trouble?.status === "degraded"),
    isReady: (service: string): boolean => of(service).some(({ standing }) => standing === "ready"),
  };
};
export type Replicas = ReturnType<typeof watchReplicas>;
