import { runService } from "@safar/service-kit";
import { training } from "./service.ts";

await runService(training);
