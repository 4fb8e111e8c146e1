import { runService } from "@safar/service-kit";
import { departure } from "./service.ts";

await runService(departure);
