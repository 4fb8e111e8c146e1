import { audit } from "@safar/audit";
import { departure } from "@safar/departure";
import { insuranceCompensation } from "@safar/insurance-compensation";
import { placementConfirmation } from "@safar/placement-confirmation";
import { registration } from "@safar/registration";
import { selection } from "@safar/selection";
import type { ServiceDefinition } from "@safar/service-kit";
import { situationCenter } from "@safar/situation-center";
import { training } from "@safar/training";
import { visaDocs } from "@safar/visa-docs";

/** Every service, each as a process of its own. */
export const services: readonly ServiceDefinition[] = [
  registration,
  training,
  selection,
  visaDocs,
  departure,
  placementConfirmation,
  insuranceCompensation,
  situationCenter,
  audit,
];
