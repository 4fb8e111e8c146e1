import type { BusStatus, BusTrouble } from "@safar/event-bus";
import type { Kit } from "../runtime/kit.ts";
import type { ServiceDefinition } from "../service/define-service.ts";

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
    for (const { service, consumer } of consumers) {
      const count = (kind: BusTrouble["kind"]): number =>
        troubles.filter((trouble) => trouble.consumer === consumer && trouble.kind === kind).length;
      const of = { service };
      metrics.gauge("safar_bus_durables_missing", "Durables that the relay has not made", count("missing"), of);
      metrics.gauge("safar_bus_durables_changed", "Durables that somebody made otherwise", count("changed"), of);
      metrics.gauge("safar_bus_durables_unanswered", "Durables that NATS does not answer for", count("unanswered"), of);
    }
  });
};
