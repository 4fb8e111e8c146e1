import type { BusStatus, BusTrouble } from "@safar/event-bus";
import type { Kit } from "../runtime/kit.ts";
import type { ServiceDefinition } from "../service/define-service.ts";

const KINDS: Readonly<Record<BusTrouble["kind"], string>> = {
  missing: "Durables that the broker does not have: the relay makes them",
  changed: "Durables that somebody made otherwise than the relay does; nothing is taken of them",
  unanswered: "Durables that the broker does not answer for",
};

/** Shows with each reading of the metrics how what brings events is. */
export const showBus = ({ bus, metrics }: Kit, services: readonly ServiceDefinition[]): void => {
  const consumers = services
    .filter(({ reactions = [] }) => reactions.length > 0)
    .map(({ name }) => ({ service: name, consumer: `${name}-reactions` }));
  let before: Pick<BusStatus, "denied" | "foreign"> = { denied: 0, foreign: 0 };
  metrics.probe(() => {
    const { isConnected, troubles, foreign, denied } = bus.status();
    metrics.gauge("safar_bus_up", "1 while what brings events is connected", Number(isConnected));
    metrics.count("safar_bus_foreign_total", "Messages of others that were passed over", {}, foreign - before.foreign);
    metrics.count("safar_bus_denied_total", "Times that NATS refused a subject", {}, denied - before.denied);
    before = { denied, foreign };
    for (const { service, consumer } of consumers)
      for (const [kind, help] of Object.entries(KINDS)) {
        const count = troubles.filter((trouble) => trouble.consumer === consumer && trouble.kind === kind).length;
        metrics.gauge(`safar_bus_durables_${kind}`, help, count, { service });
      }
  });
};
