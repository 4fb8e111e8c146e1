/** One process of the cluster, as the launcher starts it. */
export interface Program {
  /** `registration-1`; in what the launcher tells and in the log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whose rights it runs with, where not the launcher's. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** How it is asked to stop. */
  readonly stopBy?: "SIGTERM" | "SIGINT";
  /** Where it writes what it has to say, if not on standard error. */
  readonly logFile?: string;
  /** Whether it takes work; asked again and again until it does. */
  isReady(): Promise<boolean>;
}
