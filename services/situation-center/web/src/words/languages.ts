import { sentenceOf } from "@safar/contracts/languages.ts";

/** Languages that corridors, courses and candidates name, by BCP 47 tag: browsers do not know them all in Uzbek. */
export const LANGUAGE_WORDS = {
  ar: sentenceOf("arab", "араб", "арабский", "Arabic"),
  bg: sentenceOf("bolgar", "болгар", "болгарский", "Bulgarian"),
  de: sentenceOf("nemis", "немис", "немецкий", "German"),
  en: sentenceOf("ingliz", "инглиз", "английский", "English"),
  es: sentenceOf("ispan", "испан", "испанский", "Spanish"),
  fr: sentenceOf("fransuz", "француз", "французский", "French"),
  he: sentenceOf("ivrit", "иврит", "иврит", "Hebrew"),
  it: sentenceOf("italyan", "итальян", "итальянский", "Italian"),
  ja: sentenceOf("yapon", "япон", "японский", "Japanese"),
  kk: sentenceOf("qozoq", "қозоқ", "казахский", "Kazakh"),
  ko: sentenceOf("koreys", "корейс", "корейский", "Korean"),
  lt: sentenceOf("litva", "литва", "литовский", "Lithuanian"),
  lv: sentenceOf("latish", "латиш", "латышский", "Latvian"),
  pl: sentenceOf("polyak", "поляк", "польский", "Polish"),
  pt: sentenceOf("portugal", "португал", "португальский", "Portuguese"),
  ro: sentenceOf("rumin", "румин", "румынский", "Romanian"),
  ru: sentenceOf("rus", "рус", "русский", "Russian"),
  sk: sentenceOf("slovak", "словак", "словацкий", "Slovak"),
  sl: sentenceOf("sloven", "словен", "словенский", "Slovenian"),
  tr: sentenceOf("turk", "турк", "турецкий", "Turkish"),
  uz: sentenceOf("o‘zbek", "ўзбек", "узбекский", "Uzbek"),
  zh: sentenceOf("xitoy", "хитой", "китайский", "Chinese"),
};
