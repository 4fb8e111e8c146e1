import type { EventStore } from "@safar/event-store";
import { openMemoryEventStore } from "../../event-store/src/memory/store.ts";
import { impatientEnvironment } from "./environment.ts";

export const openStore = (): EventStore => openMemoryEventStore({ environment: impatientEnvironment });
