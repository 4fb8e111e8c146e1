import type { Chance } from "./chance.ts";
import type { DoorAnswer, DoorRequest } from "./doors.ts";
import { BAD_DAY } from "./faults.ts";
import type { Incarnation } from "./incarnation.ts";
import type { Answers } from "./invariants/answers.ts";
import type { Readings } from "./invariants/readings.ts";
import type { ServiceProcess } from "./service-process.ts";
import type { Surroundings } from "./surroundings.ts";

/** How long a client waits for an answer; a process that dies never sends one. */
const CLIENT_PATIENCE_MS = 3_000;

/** Sends a request to whichever service it is for. Rejects where no answer came: it may be done or not. */
export type Send = (request: DoorRequest) => Promise<DoorAnswer>;

/** Clients outside: they never crash, hear no more than the network brings, and remember what they were told. */
export const createClients = (options: {
  readonly surroundings: Surroundings;
  readonly processes: readonly ServiceProcess[];
  readonly client: Incarnation;
  readonly answers: Answers;
  readonly readings: Readings;
}): Send => {
  const { surroundings, processes, client, answers, readings } = options;
  const { link, schedule } = surroundings;
  let requests = 0;

  /** What arrives is answered, and the answer is seen as it leaves. */
  const served = async (process: ServiceProcess, request: DoorRequest, id: string): Promise<DoorAnswer> => {
    const arrival = readings.arrived(request, id);
    const answer = await process.answer(request, arrival.id);
    readings.left(arrival, answer);
    return answer;
  };

  return (request) => {
    const [, service] = request.path.split("/");
    const process = processes.find(({ name }) => name === service);
    if (!process) throw new Error(`no service answers at ${request.path}`);
    requests += 1;
    const id = `request-${requests}`;
    return new Promise((resolve, reject) => {
      const giveUp = schedule.after(CLIENT_PATIENCE_MS, `client waits no longer: ${request.path}`, () =>
        reject(new Error("no answer in time")),
      );
      link
        .ask({
          from: client,
          label: `${request.method} ${request.path}`,
          rates: BAD_DAY,
          failure: () => new Error("the connection broke"),
          work: () => served(process, request, id),
        })
        .then((answer) => {
          answers.heard(request, answer);
          resolve(answer);
        }, reject)
        .finally(giveUp);
    });
  };
};

/** Sends commands that have succeeded once again, with their keys. */
export const repeatSome = (send: Send, answers: Answers, chance: Chance): void => {
  if (answers.succeeded.length === 0) return;
  send(chance.pick(answers.succeeded)).catch(() => undefined);
};
