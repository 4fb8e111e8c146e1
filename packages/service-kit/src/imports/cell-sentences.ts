import { sentenceOf, type Sentence } from "@safar/contracts";

/** What is wrong with a cell of any list, in words that a clerk understands; each says what to do. */
export const CELL_SENTENCES = {
  "field-missing": sentenceOf(
    "Bu maydon bo‘sh. Uni to‘ldiring.",
    "Бу майдон бўш. Уни тўлдиринг.",
    "Поле пусто. Заполните его.",
    "The field is empty. Fill it in.",
  ),
  "field-too-long": sentenceOf(
    "Matn juda uzun. Uni qisqartiring.",
    "Матн жуда узун. Уни қисқартиринг.",
    "Текст слишком длинный. Сократите его.",
    "The text is too long. Shorten it.",
  ),
  "formula-cell": sentenceOf(
    "Katakda formula bor (=, +, - yoki @ bilan boshlanadi). Uni oddiy matn bilan almashtiring.",
    "Катакда формула бор (=, +, - ёки @ билан бошланади). Уни оддий матн билан алмаштиринг.",
    "В ячейке формула (начинается с =, +, - или @). Замените её обычным текстом.",
    "The cell holds a formula (it begins with =, +, - or @). Replace it by plain text.",
  ),
  "isco-malformed": sentenceOf(
    "Kasb kodi noto‘g‘ri: ISCO-08 bo‘yicha 4 ta raqam bo‘lishi kerak, masalan 7112.",
    "Касб коди нотўғри: ISCO-08 бўйича 4 та рақам бўлиши керак, масалан 7112.",
    "Код профессии неверен: нужны 4 цифры по ISCO-08, например 7112.",
    "The occupation code is wrong: it has 4 digits of ISCO-08, as in 7112.",
  ),
  "language-level-unknown": sentenceOf(
    "Til darajasi noma’lum. A1, A2, B1, B2, C1 yoki C2 deb yozing.",
    "Тил даражаси номаълум. A1, A2, B1, B2, C1 ёки C2 деб ёзинг.",
    "Уровень языка неизвестен. Укажите A1, A2, B1, B2, C1 или C2.",
    "The language level is unknown. Write A1, A2, B1, B2, C1 or C2.",
  ),
  "language-unknown": sentenceOf(
    "Til kodi noma’lum. Ikki harfli kodini yozing, masalan de, en, ru.",
    "Тил коди номаълум. Икки ҳарфли кодини ёзинг, масалан de, en, ru.",
    "Код языка неизвестен. Укажите двухбуквенный код, например de, en, ru.",
    "The language is unknown. Write its two-letter code, as in de, en, ru.",
  ),
} satisfies Readonly<Record<string, Sentence>>;
