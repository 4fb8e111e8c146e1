/** Whether it is, or was caused by, a log that is away: that is waited for, and no failed try. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof Error && (error.name === "StoreUnavailable" || isStoreAway(error.cause));
