import { sentenceOf, type Sentence } from "@safar/contracts";

/** How a problem is told. */
export interface ProblemText<Status extends number = number> {
  readonly status: Status;
  readonly title: Sentence;
  /** What to do about it. `{name}` takes the parameter of that name. */
  readonly detail: Sentence;
}

type InFourLanguages = readonly [uzLatn: string, uzCyrl: string, ru: string, en: string];

export const problemText = <Status extends number>(
  status: Status,
  title: InFourLanguages,
  detail: InFourLanguages,
): ProblemText<Status> => ({ status, title: sentenceOf(...title), detail: sentenceOf(...detail) });
