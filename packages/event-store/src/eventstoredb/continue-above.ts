import type { Environment } from "@safar/kernel";
import type { Position } from "../port.ts";
import { readAddress } from "./address.ts";
import { preparedEvent, sendAppend } from "./append.ts";
import { openConnection } from "./connection.ts";
import { LEAP, LEAP_STREAM, leapData } from "./leaps.ts";
import { defaultLimits } from "./limits.ts";
import { createNumbering, headOf, readLeaps } from "./log-on-server.ts";

/** Positions up to the one that was asked for cannot be passed over. */
export class ContinueRefused extends Error {
  override readonly name = "ContinueRefused";
}

/**
 * Has every later event of a restored log stand above a position: one that the lost log may have given out last. No
 * process may have the log open. Called again with the same position it changes nothing.
 * @throws ContinueRefused where events stand above it already, MoveIncomplete, StoreUnavailable
 * @returns the log's head, as it is shown
 */
export const continueLogAbove = async (options: {
  /** See `EventStoreDbOptions`. */
  readonly url: string;
  readonly above: Position;
  readonly environment: Environment;
}): Promise<Position> => {
  const { url, above, environment } = options;
  let fatal: Error | undefined;
  const onFatal = (problem: Error): void => void (fatal = problem);
  const report = (): void => undefined;
  const connection = openConnection({ address: readAddress(url), environment, limits: defaultLimits, report, onFatal });
  try {
    const head = await headOf(connection, await createNumbering(connection).load());
    const leaps = await readLeaps(connection);
    const last = leaps.at(-1)?.above;
    if (last === above && above > head) return head;
    const least = last !== undefined && last > head ? last : head;
    if (above <= least)
      throw new ContinueRefused(`later events stand above ${least} already: give a position that is higher`);
    const data = leapData(above);
    const event = { id: environment.random.uuid(), type: LEAP, data, metadata: new Uint8Array(0) };
    const expected = leaps.length === 0 ? "no-stream" : leaps.length - 1;
    const bytes = data.byteLength;
    await sendAppend(connection, { stream: LEAP_STREAM, expected, bytes, events: [preparedEvent(event)] });
    if (fatal !== undefined) throw fatal;
    return head;
  } finally {
    await connection.close(async () => undefined);
  }
};
