export { settle, startTestNode, type Persona, type TestNode } from "./test-node.ts";
export { createClient, type Answer, type Client } from "./client.ts";
export { candidateBody } from "./people.ts";
export { candidateRegistered, inventedPerson, recordElsewhere, type FactElsewhere } from "./elsewhere.ts";
export * from "./lists.ts";
export * from "./servers/index.ts";
