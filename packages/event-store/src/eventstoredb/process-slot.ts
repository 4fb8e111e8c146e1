/*
 * The client holds the appends of a whole process in one table: what one of two clients loses, the other's answers
 * then look for, and Node exits. So a process has one.
 */

let taken = false;

/** @returns gives the place free again. @throws Error where this process has a client already. */
export const takeProcessSlot = (): (() => void) => {
  if (taken) throw new Error("this process has a log on EventStoreDB open: it can have one, close it first");
  taken = true;
  return () => {
    taken = false;
  };
};
