export { type Finding, type Repository, type RepositoryFile, type Rule, readRepository } from "./repository.ts";
export { RULES, type RuleName } from "./rules.ts";
