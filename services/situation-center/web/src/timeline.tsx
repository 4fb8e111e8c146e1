import { useEffect, useState } from "react";
import { spaced, useWords } from "./language.tsx";
import type { SafarEvent } from "./live.ts";

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

const EventEntry = ({ event }: { readonly event: SafarEvent }) => {
  const { say, serviceName, dateTime } = useWords();
  return (
    <li className={`service-${event.service}`}>
      <h3>
        {spaced(event.type)} <small>{serviceName(event.service)}</small>
      </h3>
      <p className="when">
        <time dateTime={event.recordedAt}>{dateTime(event.recordedAt)}</time> · {say("by")} {event.actor.role}{" "}
        {event.actor.id}
        {event.reasonCode && (
          <>
            {" "}
            · {say("because")} {spaced(event.reasonCode)}
          </>
        )}
      </p>
      <dl>
        {Object.entries(event.data).map(([field, value]) => (
          <div key={field}>
            <dt>{spaced(field)}</dt>
            <dd>{shown(value)}</dd>
          </div>
        ))}
        {event.redacted?.map((pointer) => (
          <div key={pointer}>
            <dt>{spaced(pointer.replace("/data/", ""))}</dt>
            <dd className="hidden">{say("hidden")}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
};

/** One case's history over all services, newest first; opening it is put on record where it shows personal data. */
export const Timeline = (props: {
  readonly caseId: string | undefined;
  readonly newest: string | undefined;
  readonly onClose: () => void;
}) => {
  const { say, language } = useWords();
  const { caseId, newest, onClose } = props;
  const [events, setEvents] = useState<readonly SafarEvent[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (caseId === undefined) return;
    const aborting = new AbortController();
    const load = async (): Promise<void> => {
      const response = await fetch(`/audit/cases/${caseId}/history`, {
        signal: aborting.signal,
        headers: { "accept-language": language },
      });
      const body = (await response.json()) as { items?: SafarEvent[]; detail?: string };
      setProblem(response.ok ? undefined : body.detail);
      setEvents(response.ok ? (body.items ?? []).toReversed() : []);
    };
    load().catch(() => undefined);
    return () => {
      aborting.abort();
    };
  }, [caseId, newest, language]);
  return (
    <section className="panel timeline" aria-live="polite">
      <h2>
        {say("timeline")}
        {caseId && (
          <button className="link" onClick={onClose}>
            {say("close")}
          </button>
        )}
      </h2>
      {caseId === undefined && <p className="empty">{say("choose")}</p>}
      {problem && <p role="alert">{problem}</p>}
      {caseId && (
        <ol className="scroll" tabIndex={0} aria-label={say("timeline")}>
          {events.map((event) => (
            <EventEntry key={event.eventId} event={event} />
          ))}
        </ol>
      )}
    </section>
  );
};
