import { sentenceOf, type Sentence } from "./languages.ts";
import type { Role } from "./roles.ts";

/** A role as a sentence names it: on the page, and to who may not. */
export const ROLE_WORDS: Readonly<Record<Role, Sentence>> = {
  operator: sentenceOf("operator", "оператор", "оператор", "operator"),
  "shift-lead": sentenceOf("smena boshlig‘i", "смена бошлиғи", "старший смены", "shift lead"),
  registrar: sentenceOf("ro‘yxatga oluvchi", "рўйхатга олувчи", "регистратор", "registrar"),
  trainer: sentenceOf("o‘quv markazi xodimi", "ўқув маркази ходими", "сотрудник учебного центра", "trainer"),
  selector: sentenceOf("tanlov mutaxassisi", "танлов мутахассиси", "специалист по отбору", "selector"),
  employer: sentenceOf("ish beruvchi", "иш берувчи", "работодатель", "employer"),
  agency: sentenceOf("bandlik agentligi", "бандлик агентлиги", "агентство занятости", "agency"),
  "visa-officer": sentenceOf("viza mutaxassisi", "виза мутахассиси", "специалист по визам", "visa officer"),
  "departure-officer": sentenceOf(
    "jo‘nash mutaxassisi",
    "жўнаш мутахассиси",
    "специалист по выезду",
    "departure officer",
  ),
  representative: sentenceOf("xorijdagi vakil", "хориждаги вакил", "представитель за рубежом", "representative"),
  insurer: sentenceOf("sug‘urtalovchi", "суғурталовчи", "страховщик", "insurer"),
  "benefits-officer": sentenceOf(
    "kompensatsiya mutaxassisi",
    "компенсация мутахассиси",
    "специалист по компенсациям",
    "benefits officer",
  ),
  candidate: sentenceOf("nomzod", "номзод", "кандидат", "candidate"),
  auditor: sentenceOf("auditor", "аудитор", "аудитор", "auditor"),
  compliance: sentenceOf("komplayens", "комплаенс", "комплаенс", "compliance"),
  service: sentenceOf("dastur", "дастур", "программа", "program"),
  admin: sentenceOf("administrator", "администратор", "администратор", "administrator"),
};
