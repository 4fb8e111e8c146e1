import { StoreUnavailable } from "../port.ts";

/** A log is being moved to this server, or the move was stopped: nobody may read or write before it is complete. */
export class MoveIncomplete extends StoreUnavailable {
  constructor() {
    super(
      "the move of a log to this EventStoreDB is not complete: run it again, it goes on where it stopped",
      "not-stored",
    );
  }
}
