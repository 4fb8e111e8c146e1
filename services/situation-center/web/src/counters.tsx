import { useWords } from "./language.tsx";
import type { Counter } from "../../src/live/protocol.ts";
import { SERVICES } from "./texts.ts";

const sum = (counters: readonly Counter[]): number => counters.reduce((total, { count }) => total + count, 0);

const byState = (counters: readonly Counter[]): [string, number][] => {
  const totals = new Map<string, number>();
  for (const { state, count } of counters) totals.set(state, (totals.get(state) ?? 0) + count);
  return [...totals].sort((a, b) => b[1] - a[1]);
};

/** What fits on a card; the largest, and the total above them counts the rest. */
const MAX_STATES = 5;

/** One card a service, in the order of a journey. */
export const ServiceCounters = ({ counters }: { readonly counters: readonly Counter[] }) => {
  const { say, serviceName, stateName } = useWords();
  return (
    <section aria-label={say("services")} className="cards">
      {SERVICES.map((service, index) => {
        const own = counters.filter((counter) => counter.service === service);
        return (
          <article key={service} className="card">
            <h3>
              <span className="step">{index + 1}</span> {serviceName(service)}
            </h3>
            <p className="total">{sum(own)}</p>
            <ul>
              {byState(own)
                .slice(0, MAX_STATES)
                .map(([state, count]) => (
                  <li key={state}>
                    <span>{stateName(service, state)}</span> <b>{count}</b>
                  </li>
                ))}
            </ul>
          </article>
        );
      })}
    </section>
  );
};

/** Cases on their way, by destination: each counted once, in the service that most of its country's cases share. */
export const DestinationBars = ({ counters }: { readonly counters: readonly Counter[] }) => {
  const { say, countryName } = useWords();
  const totals = new Map<string, number>();
  for (const { service, destination, count } of counters)
    if (service === "visa-docs" && destination) totals.set(destination, (totals.get(destination) ?? 0) + count);
  const rows = [...totals].sort((a, b) => b[1] - a[1]).slice(0, 12);
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return (
    <section className="panel">
      <h2>{say("destinations")}</h2>
      <ul className="bars">
        {rows.map(([code, count]) => (
          <li key={code}>
            <span>{countryName(code)}</span>
            <meter min={0} max={most} value={count} aria-label={`${countryName(code)}: ${count}`} />
            <b>{count}</b>
          </li>
        ))}
      </ul>
    </section>
  );
};
