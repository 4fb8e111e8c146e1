import { say, type Sentence } from "@safar/contracts";

/** Why a whole list is refused. */
export type ListFaultCode =
  | "list-empty"
  | "list-not-utf8"
  | "list-columns-wrong"
  | "list-columns-too-many"
  | "list-quote-unclosed"
  | "list-record-too-long"
  | "list-rows-too-many";

/** Why a record cannot be judged as a row; the list goes on after it. */
export type RowFaultCode = "fields-count-wrong" | "field-too-long";

export interface Fault<Code extends string> {
  readonly code: Code;
  /** The line of the file, from 1, on which the record begins. */
  readonly line: number;
  /** What the sentence of the code needs. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The sentence in English, for logs; callers show it in the reader's language. */
  readonly detail: string;
}

export type ListFault = Fault<ListFaultCode>;
export type RowFault = Fault<RowFaultCode>;

/** The list as a whole is refused: nothing after the place named in `fault` was read. */
export class ListRefused extends Error {
  override readonly name = "ListRefused";
  readonly fault: ListFault;
  constructor(fault: ListFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/** In words that a clerk understands; each says what to do. */
export const FAULT_SENTENCES: Readonly<Record<ListFaultCode | RowFaultCode, Sentence>> = {
  "list-empty": {
    "uz-Latn": "Fayl bo‘sh: birinchi satrda ustun nomlari bo‘lishi kerak.",
    "uz-Cyrl": "Файл бўш: биринчи сатрда устун номлари бўлиши керак.",
    ru: "Файл пуст: в первой строке должны быть названия столбцов.",
    en: "The file is empty: its first line has to hold the names of the columns.",
  },
  "list-not-utf8": {
    "uz-Latn": "{line}-satr UTF-8 kodlashida emas ({found}). Faylni jadval dasturida “CSV UTF-8” turida qayta saqlang.",
    "uz-Cyrl": "{line}-сатр UTF-8 кодлашида эмас ({found}). Файлни жадвал дастурида “CSV UTF-8” турида қайта сақланг.",
    ru: "Строка {line} не в кодировке UTF-8 ({found}). Сохраните файл заново в виде «CSV UTF-8».",
    en: "Line {line} is not in UTF-8 ({found}). Save the file again as “CSV UTF-8”.",
  },
  "list-columns-wrong": {
    "uz-Latn":
      "Ustun nomlari mos emas. Noma’lum: {unknown}; yetishmaydi: {missing}; takrorlangan: {doubled}. Ajratuvchi belgi nuqtali vergul (;) bo‘lishi kerak.",
    "uz-Cyrl":
      "Устун номлари мос эмас. Номаълум: {unknown}; етишмайди: {missing}; такрорланган: {doubled}. Ажратувчи белги нуқтали вергул (;) бўлиши керак.",
    ru: "Названия столбцов не те. Неизвестные: {unknown}; не хватает: {missing}; повторяются: {doubled}. Разделитель — точка с запятой (;).",
    en: "The columns are not those of this list. Unknown: {unknown}; missing: {missing}; doubled: {doubled}. Fields are separated by a semicolon (;).",
  },
  "list-columns-too-many": {
    "uz-Latn": "Faylda {found} ta ustun bor, ko‘pi bilan {limit} ta bo‘lishi mumkin.",
    "uz-Cyrl": "Файлда {found} та устун бор, кўпи билан {limit} та бўлиши мумкин.",
    ru: "В файле столбцов: {found}, допускается не более {limit}.",
    en: "The file has {found} columns; at most {limit} are allowed.",
  },
  "list-quote-unclosed": {
    "uz-Latn": '{line}-satrdan boshlangan yozuvda qo‘shtirnoq (") ochilgan, lekin yopilmagan.',
    "uz-Cyrl": '{line}-сатрдан бошланган ёзувда қўштирноқ (") очилган, лекин ёпилмаган.',
    ru: 'В записи, начатой в строке {line}, кавычка (") открыта, но не закрыта.',
    en: 'In the record that begins on line {line} a quotation mark (") is opened and never closed.',
  },
  "list-record-too-long": {
    "uz-Latn":
      '{line}-satrdan boshlangan yozuv juda uzun (ko‘pi bilan {limit} bayt). Ehtimol, qo‘shtirnoq (") yopilmagan.',
    "uz-Cyrl": '{line}-сатрдан бошланган ёзув жуда узун (кўпи билан {limit} байт). Эҳтимол, қўштирноқ (") ёпилмаган.',
    ru: 'Запись, начатая в строке {line}, слишком длинная (не более {limit} байт). Возможно, не закрыта кавычка (").',
    en: 'The record that begins on line {line} is too long (at most {limit} bytes). Perhaps a quotation mark (") is not closed.',
  },
  "list-rows-too-many": {
    "uz-Latn": "Ro‘yxatda {limit} tadan ko‘p qator bor. Uni bir nechta faylga bo‘ling.",
    "uz-Cyrl": "Рўйхатда {limit} тадан кўп қатор бор. Уни бир нечта файлга бўлинг.",
    ru: "В списке больше {limit} строк. Разделите его на несколько файлов.",
    en: "The list has more than {limit} rows. Divide it into several files.",
  },
  "fields-count-wrong": {
    "uz-Latn":
      "Qatorda {found} ta katak bor, {expected} ta bo‘lishi kerak. Ortiqcha yoki yetishmayotgan nuqtali vergulni (;) tekshiring.",
    "uz-Cyrl":
      "Қаторда {found} та катак бор, {expected} та бўлиши керак. Ортиқча ёки етишмаётган нуқтали вергулни (;) текширинг.",
    ru: "В строке ячеек: {found}, должно быть {expected}. Проверьте лишнюю или недостающую точку с запятой (;).",
    en: "The row has {found} cells instead of {expected}. Look for a semicolon (;) too many or too few.",
  },
  "field-too-long": {
    "uz-Latn": "“{column}” ustunidagi matn juda uzun (ko‘pi bilan {limit} bayt).",
    "uz-Cyrl": "“{column}” устунидаги матн жуда узун (кўпи билан {limit} байт).",
    ru: "Текст в столбце «{column}» слишком длинный (не более {limit} байт).",
    en: "The text in the column “{column}” is too long (at most {limit} bytes).",
  },
};

export const faultOf = <Code extends ListFaultCode | RowFaultCode>(
  code: Code,
  line: number,
  params: Readonly<Record<string, string | number>> = {},
): Fault<Code> => ({
  code,
  line,
  params: { line, ...params },
  detail: say(FAULT_SENTENCES[code], "en", { line, ...params }),
});
