import { parseArgs, type ParseArgsConfig } from "node:util";

/** Exit statuses of every command: done, not done, wrong usage (interface.md, Commands). */
export const EXIT = { done: 0, notDone: 1, wrongUsage: 2 } as const;

/** The command cannot do what it was asked; the message is for the person who typed it. */
export class NotDone extends Error {
  override readonly name = "NotDone";
}

/** The command was called wrongly. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Whoever reads may have enough, as `head` has after its lines: then there is nobody to write for any more. */
const endWithReader = (): void => {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT.done);
  });
};

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Runs a command: `--help` prints the usage, wrong words exit 2, a reason not done exits 1 on standard error. */
export const runCommand = async <const O extends Options>(command: {
  readonly usage: string;
  readonly options: O;
  readonly positionals?: boolean;
  run(given: {
    readonly values: ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>["values"];
    readonly positionals: readonly string[];
  }): Promise<void>;
}): Promise<void> => {
  endWithReader();
  try {
    const config = {
      options: { ...command.options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    } as const;
    const { values, positionals } = parseUsage(config);
    if ((values as { help?: boolean }).help === true) return void say(command.usage);
    if (positionals.length > 0 && !command.positionals)
      throw new WrongUsage(`unexpected argument: ${String(positionals[0])}`);
    await command.run({ values: values as never, positionals });
  } catch (error) {
    process.exitCode = error instanceof WrongUsage ? EXIT.wrongUsage : EXIT.notDone;
    complain(error instanceof Error ? error.message : String(error));
    if (error instanceof WrongUsage) complain(`\n${command.usage}`);
  }
};

const parseUsage = (config: ParseArgsConfig) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
};
