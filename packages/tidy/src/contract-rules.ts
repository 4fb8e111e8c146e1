import type { ContractSet, EventContract } from "@safar/contracts";
import { z } from "zod";
import type { Finding, RepositoryFile } from "./repository.ts";
import { aboutFile } from "./text.ts";

export const FIXTURES = "packages/contracts/fixtures/";

/** `CertificateIssued.v1.json`: one event as the log holds it, from the day that this version was released. */
const FIXTURE = /([A-Za-z]+)\.v(\d+)\.json$/;
const Fixture = z.strictObject({ category: z.string(), data: z.unknown() });

/** A contract and the category of its streams; the kit's own events stand in streams of many, and name none here. */
export interface Released {
  readonly category?: string;
  readonly contract: EventContract;
}

/** EventStoreDB takes what stands before a stream's first dash for its category; here both must mean the same. */
export const badCategories = (sets: readonly ContractSet[], services: readonly string[]): readonly Finding[] =>
  sets.flatMap(({ category, service }, index) => [
    ...(category.includes("-") ? [aboutFile(category, "a category has no dash: use camelCase")] : []),
    ...(services.includes(service) ? [] : [aboutFile(category, `belongs to ${service}, which is no service`)]),
    ...(sets.findIndex((other) => other.category === category) < index
      ? [aboutFile(category, "two sets of contracts have this category")]
      : []),
  ]);

/**
 * A fixture stands for all events of its type and version in the log, which nobody can change. Where two categories
 * have an event of one name, the category comes before it in the file's: `departure.RequirementMet.v1.json`.
 */
export const badFixtures = (released: readonly Released[], fixtures: readonly RepositoryFile[]): readonly Finding[] => {
  const stored = fixtures.map(storedEvent);
  return [
    ...released.flatMap((one) => unreadableVersions(one, stored)),
    ...stored.filter((event) => !isRead(released, event)).map(({ path }) => aboutFile(path, STRAY)),
    ...released
      .filter((one, index) => isNamedBefore(released, one, index))
      .map(({ contract: { type } }) => aboutFile(type, "two events of one category have this name")),
  ];
};

const STRAY = "no contract reads it, though such events may be in the log";

interface StoredEvent {
  readonly path: string;
  readonly type: string | undefined;
  readonly version: number;
  readonly category: string;
  readonly data: unknown;
}

const storedEvent = ({ path, text }: RepositoryFile): StoredEvent => {
  const [, type, version] = FIXTURE.exec(path) ?? [];
  return { path, type, version: Number(version), ...Fixture.parse(JSON.parse(text)) };
};

const isOf = ({ category, contract }: Released, event: StoredEvent): boolean =>
  contract.type === event.type && (category === undefined || category === event.category);

const isRead = (released: readonly Released[], event: StoredEvent): boolean =>
  released.some((one) => isOf(one, event) && event.version >= 1 && event.version <= one.contract.version);

const isNamedBefore = (released: readonly Released[], { category, contract }: Released, index: number): boolean =>
  released.slice(0, index).some((other) => other.category === category && other.contract.type === contract.type);

const unreadableVersions = (one: Released, stored: readonly StoredEvent[]): readonly Finding[] =>
  Array.from({ length: one.contract.version }, (_, index) => index + 1).flatMap((version) => {
    const event = stored.find((candidate) => isOf(one, candidate) && candidate.version === version);
    if (event === undefined) {
      const path = `${FIXTURES}${one.contract.type}.v${version}.json`;
      return [
        aboutFile(path, `is missing: store one such event of ${one.category ?? "the kit"} as { category, data }`),
      ];
    }
    try {
      one.contract.read(event.data, version);
      return [];
    } catch (error) {
      return [aboutFile(event.path, `can no longer be read: ${firstReason(error)}`)];
    }
  });

const firstReason = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error).split("\n").slice(0, 2).join(" ");
  return error instanceof Error ? error.message : String(error);
};
