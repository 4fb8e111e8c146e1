import type { RefusalText } from "@safar/service-kit";

type InFourLanguages = readonly [uzLatn: string, uzCyrl: string, ru: string, en: string];

const sentence = ([uzLatn, uzCyrl, ru, en]: InFourLanguages) => ({
  "uz-Latn": uzLatn,
  "uz-Cyrl": uzCyrl,
  ru,
  en,
});

export const text = (status: RefusalText["status"], title: InFourLanguages, detail: InFourLanguages): RefusalText => ({
  status,
  title: sentence(title),
  detail: sentence(detail),
});
