import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { impatientEnvironment } from "./environment.ts";

export const openStore = (): EventStore => openMemoryEventStore({ environment: impatientEnvironment });
