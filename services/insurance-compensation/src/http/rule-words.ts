import type { RuleWords } from "../domain/benefit/commands.ts";

/** Each rule of UP-59 (4.4.2024) in words, as it stands on the record of a check. */
export const RULE_WORDS: RuleWords = {
  "placement-confirmed": "Xorijga tashkillashtirilgan tartibda ishga joylashgani tasdiqlangan (UP-59)",
  "expense-proved": "Xarajat isbotlangan: sertifikat, ish vizasi yoki jo‘nab ketish qayd etilgan (UP-59)",
  "card-holder": "Karta egasi — migrantning o‘zi (UP-59)",
  "within-cap": "So‘ralgan summa BHM bo‘yicha chegaradan oshmaydi (UP-59)",
};
