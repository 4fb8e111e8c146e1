import { runService } from "@safar/service-kit";
import { visaDocs } from "./service.ts";

await runService(visaDocs);
