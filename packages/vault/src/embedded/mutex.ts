/** Work that excludes other work, in the order asked for. */
export interface Mutex {
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
}

export const createMutex = (): Mutex => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    exclusively(work) {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
  };
};
