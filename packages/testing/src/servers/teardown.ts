/** What a server needs of the test that starts it. */
export interface Teardown {
  teardown(work: () => Promise<void>): void;
}
