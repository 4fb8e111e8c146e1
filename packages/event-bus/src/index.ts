export * from "./port.ts";
export { createEmbeddedEventBus, type EmbeddedEventBusOptions } from "./embedded/bus.ts";
export * from "./reaction.ts";
export { createReactor, type Reactor, type ReactorOptions, type Replay } from "./react.ts";
export { parkedCategoryOf, parkedContractsOf, parkedIdOf } from "./parked.ts";
