import { runService } from "@safar/service-kit";
import { selection } from "./service.ts";

await runService(selection);
