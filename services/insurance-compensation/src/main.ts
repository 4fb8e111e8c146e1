import { runService } from "@safar/service-kit";
import { insuranceCompensation } from "./service.ts";

await runService(insuranceCompensation);
