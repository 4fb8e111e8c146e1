import type { Sentence } from "@safar/contracts/languages.ts";
import { departureEvents } from "./events/departure.ts";
import { insuranceCompensationEvents } from "./events/insurance-compensation.ts";
import { placementConfirmationEvents } from "./events/placement-confirmation.ts";
import { registrationEvents } from "./events/registration.ts";
import { selectionEvents } from "./events/selection.ts";
import { trainingEvents } from "./events/training.ts";
import { visaDocsEvents } from "./events/visa-docs.ts";
import { departureFields } from "./fields/departure.ts";
import { insuranceCompensationFields } from "./fields/insurance-compensation.ts";
import { placementConfirmationFields } from "./fields/placement-confirmation.ts";
import { registrationFields } from "./fields/registration.ts";
import { selectionFields } from "./fields/selection.ts";
import { SHARED_FIELDS } from "./fields/shared.ts";
import { trainingFields } from "./fields/training.ts";
import { visaDocsFields } from "./fields/visa-docs.ts";
import { kitEvents, kitFields } from "./kit.ts";
import { departureStates } from "./states/departure.ts";
import { placementConfirmationStates } from "./states/placement-confirmation.ts";
import { registrationStates } from "./states/registration.ts";
import { selectionStates } from "./states/selection.ts";
import { trainingStates } from "./states/training.ts";
import { visaDocsStates } from "./states/visa-docs.ts";
import { ANSWERS } from "./values/answers.ts";
import { PARTIES } from "./values/parties.ts";
import { REASONS } from "./values/reasons.ts";
import { THINGS } from "./values/things.ts";

type Table = Readonly<Record<string, Sentence>>;
type ByService = Readonly<Record<string, Table>>;

const EVENTS: ByService = {
  registration: registrationEvents,
  selection: selectionEvents,
  training: trainingEvents,
  "visa-docs": visaDocsEvents,
  departure: departureEvents,
  "placement-confirmation": placementConfirmationEvents,
  "insurance-compensation": insuranceCompensationEvents,
};

/** Insurance has none of its own: its policies and benefits stand where their last event left them. */
const STATES: ByService = {
  registration: registrationStates,
  selection: selectionStates,
  training: trainingStates,
  "visa-docs": visaDocsStates,
  departure: departureStates,
  "placement-confirmation": placementConfirmationStates,
};

const FIELDS: ByService = {
  registration: registrationFields,
  selection: selectionFields,
  training: trainingFields,
  "visa-docs": visaDocsFields,
  departure: departureFields,
  "placement-confirmation": placementConfirmationFields,
  "insurance-compensation": insuranceCompensationFields,
};

/** What comes over the wire is no key of ours until it was found to be one. */
const found = (name: string, ...tables: readonly (Table | undefined)[]): Sentence | undefined => {
  const table = tables.find((each) => each !== undefined && Object.hasOwn(each, name));
  return table?.[name];
};

const ofService = (tables: ByService, service: string): Table | undefined =>
  Object.hasOwn(tables, service) ? tables[service] : undefined;

export const eventWords = (service: string, type: string): Sentence | undefined =>
  found(type, ofService(EVENTS, service), kitEvents);

/** Where a stream has no lifecycle word its state is its last event's name in camelCase (interface.md). */
export const stateWords = (service: string, state: string): Sentence | undefined =>
  found(state, ofService(STATES, service)) ?? eventWords(service, state.charAt(0).toUpperCase() + state.slice(1));

export const fieldWords = (service: string, field: string): Sentence | undefined =>
  found(field, ofService(FIELDS, service), SHARED_FIELDS, kitFields);

/** A code that an event's field holds, or a reason. */
export const valueWords = (code: string): Sentence | undefined => found(code, THINGS, PARTIES, ANSWERS, REASONS);
