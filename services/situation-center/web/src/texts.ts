import { sentenceOf as text, type Language, type Sentence } from "@safar/contracts/languages.ts";

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  "uz-Latn": "O‘zbekcha",
  "uz-Cyrl": "Ўзбекча",
  ru: "Русский",
  en: "English",
};

/** Everything the page says, in all four languages. */
export const TEXTS = {
  title: text("Vaziyat markazi", "Вазият маркази", "Ситуационный центр", "Situation centre"),
  live: text("Jonli", "Жонли", "В эфире", "Live"),
  connecting: text("Ulanmoqda…", "Уланмоқда…", "Соединение…", "Connecting…"),
  lost: text(
    "Aloqa uzildi, qayta ulanmoqda…",
    "Алоқа узилди, қайта уланмоқда…",
    "Связь прервана, переподключение…",
    "Connection lost, reconnecting…",
  ),
  refused: text(
    "Yangi ma’lumot yo‘q, ko‘rinayotgani eskirgan bo‘lishi mumkin. Qayta urinilmoqda…",
    "Янги маълумот йўқ, кўринаётгани эскирган бўлиши мумкин. Қайта уринилмоқда…",
    "Новых данных нет, показанное могло устареть. Повторная попытка…",
    "Nothing new comes, what is shown may be old. Trying again…",
  ),
  tryingAgain: text("Qayta urinilmoqda…", "Қайта уринилмоқда…", "Повторная попытка…", "Trying again…"),
  behind: text("Yetib olinmoqda…", "Етиб олинмоқда…", "Догоняем…", "Catching up…"),
  services: text("Xizmatlar", "Хизматлар", "Службы", "Services"),
  destinations: text("Davlatlar", "Давлатлар", "Страны", "Destinations"),
  cases: text(
    "So‘nggi o‘zgargan ishlar",
    "Сўнгги ўзгарган ишлар",
    "Последние изменённые дела",
    "Cases by their last change",
  ),
  feed: text("Voqealar", "Воқеалар", "События", "Events"),
  timeline: text("Ish tarixi", "Иш тарихи", "История дела", "A case’s history"),
  choose: text(
    "Tarixini ko‘rish uchun ishni tanlang.",
    "Тарихини кўриш учун ишни танланг.",
    "Выберите дело, чтобы увидеть его историю.",
    "Choose a case to see its history.",
  ),
  empty: text("Hozircha ish yo‘q.", "Ҳозирча иш йўқ.", "Пока нет дел.", "No cases yet."),
  more: text(
    "Yana bor: filtrni toraytiring.",
    "Яна бор: филтрни торайтиринг.",
    "Есть ещё: сузьте фильтр.",
    "There are more: narrow the filter.",
  ),
  caseNumber: text("Raqam", "Рақам", "Номер", "Number"),
  service: text("Xizmat", "Хизмат", "Служба", "Service"),
  state: text("Holat", "Ҳолат", "Состояние", "State"),
  region: text("Hudud", "Ҳудуд", "Регион", "Region"),
  destination: text("Davlat", "Давлат", "Страна", "Destination"),
  all: text("Barchasi", "Барчаси", "Все", "All"),
  hidden: text("yashirin", "яширин", "скрыто", "hidden"),
  signIn: text("Kirish", "Кириш", "Войти", "Sign in"),
  signOut: text("Chiqish", "Чиқиш", "Выйти", "Sign out"),
  notWatching: text(
    "Rolingiz jonli oqimni ko‘rmaydi. Operator, smena boshlig‘i, auditor yoki komplayens sifatida kiring.",
    "Ролингиз жонли оқимни кўрмайди. Оператор, смена бошлиғи, аудитор ёки комплаенс сифатида киринг.",
    "Ваша роль не видит прямой эфир. Войдите как оператор, старший смены, аудитор или комплаенс.",
    "Your role does not watch live cases. Sign in as operator, shift lead, auditor or compliance.",
  ),
  none: text("davlatsiz", "давлатсиз", "без страны", "none yet"),
  erased: text("o‘chirilgan", "ўчирилган", "удалено", "erased"),
  altered: text(
    "Bu yozuv qayd etilganidan keyin o‘zgartirilgan",
    "Бу ёзув қайд этилганидан кейин ўзгартирилган",
    "Эта запись была изменена после внесения",
    "This record was altered after it was made",
  ),
  by: text(
    "Qayd etgan: {role}, {id}",
    "Қайд этган: {role}, {id}",
    "Автор записи: {role}, {id}",
    "Recorded by: {role}, {id}",
  ),
  system: text("tizim", "тизим", "система", "the system"),
  because: text("Sabab: {reason}", "Сабаб: {reason}", "Причина: {reason}", "Reason: {reason}"),
  yes: text("ha", "ҳа", "да", "yes"),
  no: text("yo‘q", "йўқ", "нет", "no"),
  nothing: text("yo‘q", "йўқ", "нет", "none"),
  male: text("erkak", "эркак", "мужской", "male"),
  female: text("ayol", "аёл", "женский", "female"),
  close: text("Yopish", "Ёпиш", "Закрыть", "Close"),
} as const;
export type TextName = keyof typeof TEXTS;

export const SERVICE_NAMES: Readonly<Record<string, Sentence>> = {
  registration: text("Ro‘yxatga olish", "Рўйхатга олиш", "Регистрация", "Registration"),
  training: text("Tayyorlov", "Тайёрлов", "Обучение", "Training"),
  selection: text("Tanlov", "Танлов", "Отбор", "Selection"),
  "visa-docs": text("Viza va hujjatlar", "Виза ва ҳужжатлар", "Виза и документы", "Visa and documents"),
  departure: text("Jo‘nab ketish", "Жўнаб кетиш", "Выезд", "Departure"),
  "placement-confirmation": text("Joylashuv", "Жойлашув", "Трудоустройство", "Placement"),
  "insurance-compensation": text(
    "Sug‘urta va kompensatsiya",
    "Суғурта ва компенсация",
    "Страховка и компенсация",
    "Insurance and compensation",
  ),
};

/** In the order of a journey. */
export const SERVICES: readonly string[] = Object.keys(SERVICE_NAMES);
