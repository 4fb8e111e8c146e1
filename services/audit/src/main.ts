import { runService } from "@safar/service-kit";
import { audit } from "./service.ts";

await runService(audit);
