import { useWords } from "./language.tsx";
import type { LiveView } from "./live.ts";

/** Nobody looks through more of them; who seeks one narrows the filter. */
const MAX_SHOWN = 100;

/** The last changed cases; a row opens the case's history. */
export const CasesTable = (props: {
  readonly view: LiveView;
  readonly chosen: string | undefined;
  readonly onChoose: (caseId: string) => void;
}) => {
  const { say, serviceName, stateName, countryName, regionName } = useWords();
  const { view, chosen, onChoose } = props;
  return (
    <section className="panel cases">
      <h2>{say("cases")}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={say("cases")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say("caseNumber")}</th>
              <th scope="col">{say("service")}</th>
              <th scope="col">{say("state")}</th>
              <th scope="col">{say("region")}</th>
              <th scope="col">{say("destination")}</th>
            </tr>
          </thead>
          <tbody>
            {view.cases.slice(0, MAX_SHOWN).map((row) => (
              <tr key={row.caseId} className={row.caseId === chosen ? "chosen" : ""}>
                <td>
                  <button
                    className="link"
                    onClick={() => {
                      onChoose(row.caseId);
                    }}
                  >
                    {row.caseNumber ?? row.caseId.slice(0, 8)}
                  </button>
                </td>
                <td>{serviceName(row.service)}</td>
                <td>
                  <span className={`state state-${row.state}`}>{stateName(row.service, row.state)}</span>
                </td>
                <td>{regionName(row.region)}</td>
                <td>{countryName(row.destination)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {view.cases.length === 0 && <p className="empty">{say("empty")}</p>}
        {(view.more || view.cases.length > MAX_SHOWN) && <p className="empty">{say("more")}</p>}
      </div>
    </section>
  );
};
