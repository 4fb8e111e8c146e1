import type { RefusalText } from "@safar/service-kit";

type Four = readonly [uzLatn: string, uzCyrl: string, ru: string, en: string];

const sentence = ([uzLatn, uzCyrl, ru, en]: Four) => ({ "uz-Latn": uzLatn, "uz-Cyrl": uzCyrl, ru, en });

/** A refusal in the four languages: what it is, and what to do about it. */
export const text = (status: RefusalText["status"], title: Four, detail: Four): RefusalText => ({
  status,
  title: sentence(title),
  detail: sentence(detail),
});
