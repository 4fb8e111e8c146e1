import type { Test } from "tap";
import { departure } from "@safar/departure";
import { insuranceCompensation } from "@safar/insurance-compensation";
import { placementConfirmation } from "@safar/placement-confirmation";
import { registration } from "@safar/registration";
import { selection } from "@safar/selection";
import { startTestNode, type TestNode } from "@safar/testing";
import { training } from "@safar/training";
import { visaDocs } from "@safar/visa-docs";

const services = [registration, training, selection, visaDocs, departure, placementConfirmation, insuranceCompensation];

/** The seven services that a journey goes through, on one node of the test's own. */
export const startServices = (t: Pick<Test, "teardown">): Promise<TestNode> => startTestNode(t, { services });
