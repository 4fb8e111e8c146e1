import { runService } from "@safar/service-kit";
import { registration } from "./service.ts";

await runService(registration);
