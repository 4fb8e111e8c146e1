import { useEffect, useMemo, useState } from "react";
import { LANGUAGES, type Language } from "@safar/contracts/languages.ts";
import { CasesTable } from "./cases-table.tsx";
import { DestinationBars, ServiceCounters } from "./counters.tsx";
import { firstLanguage, LanguageContext, useWords } from "./language.tsx";
import { useLive, type Filter, type SafarEvent } from "./live.ts";
import { LANGUAGE_NAMES, SERVICES } from "./texts.ts";
import { Timeline } from "./timeline.tsx";

interface Session {
  readonly subject: string;
  readonly role: string;
  readonly unit?: string;
}

const WATCHERS = ["operator", "shift-lead", "auditor", "compliance", "service"];
const COUNTRIES = ["DE", "JP", "TR", "KZ", "BG", "GB", "SA", "AE", "LV", "LT", "RO", "KR", "PL", "RU", "BY"];

const Choice = (props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly code: string; readonly name: string }[];
  readonly onChange: (value: string) => void;
}) => {
  const { say } = useWords();
  return (
    <label>
      {props.label}
      <select
        value={props.value}
        onChange={(event) => {
          props.onChange(event.target.value);
        }}
      >
        <option value="">{say("all")}</option>
        {props.options.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};

const Feed = ({
  events,
  onChoose,
}: {
  readonly events: readonly SafarEvent[];
  readonly onChoose: (caseId: string) => void;
}) => {
  const { say, eventName, serviceName, time } = useWords();
  return (
    <section className="panel feed">
      <h2>{say("feed")}</h2>
      <ol className="scroll" tabIndex={0} aria-label={say("feed")}>
        {events.slice(0, 60).map((event) => (
          <li key={event.eventId}>
            <time>{time(event.recordedAt)}</time>
            {event.caseId ? (
              <button
                className="link"
                onClick={() => {
                  onChoose(event.caseId ?? "");
                }}
              >
                {eventName(event.service, event.type)}
              </button>
            ) : (
              <span>{eventName(event.service, event.type)}</span>
            )}
            <small>{serviceName(event.service)}</small>
          </li>
        ))}
      </ol>
    </section>
  );
};

const Centre = ({ session }: { readonly session: Session }) => {
  const words = useWords();
  const [region, setRegion] = useState("");
  const [destination, setDestination] = useState("");
  const [service, setService] = useState("");
  const [caseId, setCaseId] = useState<string>();
  const filter = useMemo<Filter>(
    () => ({
      ...(region ? { regions: [region] } : {}),
      ...(destination ? { destinations: [destination] } : {}),
      ...(service ? { services: [service] } : {}),
    }),
    [region, destination, service],
  );
  const isWatcher = WATCHERS.includes(session.role);
  const view = useLive(filter, isWatcher);
  const newest = view.events.find((event) => event.caseId === caseId)?.position;
  if (!isWatcher) return <p className="notice">{words.say("notWatching")}</p>;
  return (
    <main>
      <div className="filters">
        <Choice label={words.say("region")} value={region} options={words.regions} onChange={setRegion} />
        <Choice
          label={words.say("destination")}
          value={destination}
          options={COUNTRIES.map((code) => ({ code, name: words.countryName(code) }))}
          onChange={setDestination}
        />
        <Choice
          label={words.say("service")}
          value={service}
          options={SERVICES.map((code) => ({ code, name: words.serviceName(code) }))}
          onChange={setService}
        />
        <output className={`status status-${view.status}`}>
          {words.say(view.status === "unauthorised" ? "signIn" : view.status)}
        </output>
      </div>
      <ServiceCounters counters={view.counters} />
      <div className="columns">
        <CasesTable view={view} chosen={caseId} onChoose={setCaseId} />
        <div className="side">
          <DestinationBars counters={view.counters} />
          <Feed events={view.events} onChoose={setCaseId} />
        </div>
        <Timeline
          caseId={caseId}
          newest={newest}
          onClose={() => {
            setCaseId(undefined);
          }}
        />
      </div>
    </main>
  );
};

const Header = (props: {
  readonly session: Session | undefined;
  readonly onLanguage: (language: Language) => void;
}) => {
  const { say, language, roleName } = useWords();
  const signOut = (): void => {
    void fetch("/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }).then(
      () => {
        location.href = "/sign-in";
      },
    );
  };
  return (
    <header>
      <h1>
        <span className="logo" aria-hidden="true" /> Safar <small>{say("title")}</small>
      </h1>
      <nav>
        {LANGUAGES.map((each) => (
          <button
            key={each}
            lang={each}
            aria-pressed={each === language}
            onClick={() => {
              props.onLanguage(each);
            }}
          >
            {LANGUAGE_NAMES[each]}
          </button>
        ))}
        {props.session && (
          <>
            <span className="who">
              {[roleName(props.session.role), props.session.unit].filter(Boolean).join(" · ")}
            </span>
            <button onClick={signOut}>{say("signOut")}</button>
          </>
        )}
      </nav>
    </header>
  );
};

/** The operators' page. */
export const App = () => {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem("safar-language", language);
  }, [language]);
  useEffect(() => {
    void fetch("/session").then(async (response) => {
      if (response.ok) setSession((await response.json()) as Session);
      else location.href = "/sign-in";
    });
  }, []);
  return (
    <LanguageContext value={language}>
      <Header session={session} onLanguage={setLanguage} />
      {session && <Centre session={session} />}
    </LanguageContext>
  );
};
