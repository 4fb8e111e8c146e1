/** Where the vault says what an operator should know and no caller is told: pino's shape. */
export interface VaultLog {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
}

export const silent: VaultLog = { warn: () => undefined };
