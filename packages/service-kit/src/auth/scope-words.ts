import { sentenceOf, type Scope, type Sentence } from "@safar/contracts";

/** Which cases a role reaches, as the sentence says it to who asked for another. */
export const SCOPE_WORDS: Readonly<Record<Scope, Sentence>> = {
  all: sentenceOf("barcha ishlar", "барча ишлар", "все дела", "every case"),
  ownUnit: sentenceOf(
    "o‘z bo‘linmasining ishlari",
    "ўз бўлинмасининг ишлари",
    "дела своего подразделения",
    "cases of the own unit",
  ),
  ownCandidates: sentenceOf(
    "o‘zi olib kelgan nomzodlar",
    "ўзи олиб келган номзодлар",
    "кандидаты своего агентства",
    "candidates of the own agency",
  ),
  ownVacancies: sentenceOf(
    "o‘z bo‘sh o‘rinlariga arizalar",
    "ўз бўш ўринларига аризалар",
    "заявки на свои вакансии",
    "applications to own vacancies",
  ),
  ownCase: sentenceOf("faqat o‘z ishi", "фақат ўз иши", "только своё дело", "the own case alone"),
  none: sentenceOf("hech qanday ish", "ҳеч қандай иш", "никакие дела", "no case at all"),
};
