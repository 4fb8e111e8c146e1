import { useEffect, useState } from "react";
import { useWords } from "./language.tsx";
import type { SafarEvent } from "./live.ts";
import { pointerName, shownValue } from "./words/shown-value.ts";

const Field = (props: { readonly name: string; readonly value: string; readonly kept?: boolean }) => (
  <div>
    <dt>{props.name}</dt>
    <dd className={props.kept ? "hidden" : ""}>{props.value}</dd>
  </div>
);

const EventEntry = ({ event }: { readonly event: SafarEvent }) => {
  const words = useWords();
  const { say, serviceName, eventName, roleName, fieldName, dateTime } = words;
  const { service, actor, reasonCode, redacted = [], erased = [] } = event;
  const isSystem = actor.kind === "system";
  const by = {
    role: isSystem ? say("system") : roleName(actor.role),
    id: isSystem ? serviceName(actor.id) : actor.id,
  };
  return (
    <li className={`service-${service}`}>
      <h3>
        {eventName(service, event.type)} <small>{serviceName(service)}</small>
      </h3>
      <p className="when">
        <time dateTime={event.recordedAt}>{dateTime(event.recordedAt)}</time> · {say("by", by)}
        {reasonCode && ` · ${say("because", { reason: shownValue(words, service, "reason", reasonCode) })}`}
      </p>
      {event.altered && <p role="alert">{say("altered")}</p>}
      <dl>
        {Object.entries(event.data).map(([field, value]) => (
          <Field key={field} name={fieldName(service, field)} value={shownValue(words, service, field, value)} />
        ))}
        {redacted.map((pointer) => (
          <Field key={pointer} name={pointerName(words, service, pointer)} value={say("hidden")} kept />
        ))}
        {erased.map((pointer) => (
          <Field key={pointer} name={pointerName(words, service, pointer)} value={say("erased")} kept />
        ))}
      </dl>
    </li>
  );
};

/** A history that could not be had is asked for again: nobody should have to guess when it is there. */
const RETRY_MS = 5000;
/** Refusals are for good; only what is away comes back. */
const FIRST_STATUS_OF_SERVERS = 500;

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
    let retry: number | undefined;
    const tryAgain = (why: string): void => {
      if (aborting.signal.aborted) return;
      setProblem(why);
      retry = window.setTimeout(start, RETRY_MS);
    };
    const load = async (): Promise<void> => {
      const response = await fetch(`/audit/cases/${caseId}/history`, {
        signal: aborting.signal,
        headers: { "accept-language": language },
      });
      // The detail of what is away is for programs, which repeat with a key; a person needs to know what it is.
      const body = (await response.json()) as { items?: SafarEvent[]; title?: string; detail?: string };
      setEvents(response.ok ? (body.items ?? []).toReversed() : []);
      if (response.status >= FIRST_STATUS_OF_SERVERS) tryAgain(`${body.title ?? ""}. ${say("tryingAgain")}`);
      else setProblem(response.ok ? undefined : body.detail);
    };
    const start = (): void => {
      load().catch(() => {
        tryAgain(say("lost"));
      });
    };
    start();
    return () => {
      aborting.abort();
      window.clearTimeout(retry);
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
