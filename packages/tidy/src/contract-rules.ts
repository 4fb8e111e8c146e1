import type { ContractSet, EventContract } from "@safar/contracts";
import { z } from "zod";
import type { Finding, RepositoryFile } from "./repository.ts";
import { aboutFile } from "./text.ts";

export const FIXTURES = "packages/contracts/fixtures/";

/** `CertificateIssued.v1.json`: one event as the log holds it, from the day that this version was released. */
const FIXTURE = /([A-Za-z]+)\.v(\d+)\.json$/;
const Fixture = z.strictObject({
  /** The category of its stream; the kit's own events stand in streams of every category and name none. */
  category: z.string().optional(),
  data: z.unknown(),
});

/** EventStoreDB takes what stands before a stream's first dash for its category; here both must mean the same. */
export const badCategories = (sets: readonly ContractSet[], services: readonly string[]): readonly Finding[] =>
  sets.flatMap(({ category, service }, index) => [
    ...(category.includes("-") ? [aboutFile(category, "a category has no dash: use camelCase")] : []),
    ...(services.includes(service) ? [] : [aboutFile(category, `belongs to ${service}, which is no service`)]),
    ...(sets.findIndex((other) => other.category === category) < index
      ? [aboutFile(category, "two sets of contracts have this category")]
      : []),
  ]);

/** A fixture stands for all events of its type and version in the log, which nobody can change. */
export const badFixtures = (
  contracts: readonly EventContract[],
  fixtures: readonly RepositoryFile[],
): readonly Finding[] => [
  ...contracts.flatMap((contract) => unreadableVersions(contract, fixtures)),
  ...fixtures.flatMap((fixture) => strayFixture(contracts, fixture)),
  ...contracts
    .filter(({ type }, index) => contracts.findIndex((other) => other.type === type) < index)
    .map(({ type }) => aboutFile(type, "two contracts have this name")),
];

const unreadableVersions = (contract: EventContract, fixtures: readonly RepositoryFile[]): readonly Finding[] =>
  Array.from({ length: contract.version }, (_, index) => index + 1).flatMap((version) => {
    const path = `${FIXTURES}${contract.type}.v${version}.json`;
    const fixture = fixtures.find((file) => file.path === path);
    if (fixture === undefined) return [aboutFile(path, "is missing: store { category, data } of one such event")];
    try {
      contract.read(Fixture.parse(JSON.parse(fixture.text)).data, version);
      return [];
    } catch (error) {
      return [aboutFile(path, `can no longer be read: ${firstReason(error)}`)];
    }
  });

const firstReason = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error).split("\n").slice(0, 2).join(" ");
  return error instanceof Error ? error.message : String(error);
};

const strayFixture = (contracts: readonly EventContract[], { path }: RepositoryFile): readonly Finding[] => {
  const [, type, version] = FIXTURE.exec(path) ?? [];
  const contract = contracts.find((candidate) => candidate.type === type);
  if (contract !== undefined && Number(version) >= 1 && Number(version) <= contract.version) return [];
  return [aboutFile(path, "no contract reads it, though such events may be in the log")];
};
