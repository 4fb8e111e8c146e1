import { sentenceOf } from "@safar/contracts/languages.ts";

/** Who acted, paid or holds something, where a field names a party and no role. */
export const PARTIES = {
  branch: sentenceOf("hududiy filial", "ҳудудий филиал", "территориальный филиал", "branch"),
  agency: sentenceOf("agentlik", "агентлик", "агентство", "agency"),
  self: sentenceOf("o‘zi", "ўзи", "самостоятельно", "by themselves"),
  representation: sentenceOf("vakolatxona", "ваколатхона", "представительство", "representation"),
  embassy: sentenceOf("elchixona", "элчихона", "посольство", "embassy"),
  consulate: sentenceOf("konsullik", "консуллик", "консульство", "consulate"),
  employers: sentenceOf("ish beruvchilar", "иш берувчилар", "работодатели", "employers"),
  agencies: sentenceOf("agentliklar", "агентликлар", "агентства", "agencies"),
  employer: sentenceOf("ish beruvchi", "иш берувчи", "работодатель", "employer"),
  selector: sentenceOf("tanlovchi", "танловчи", "специалист по отбору", "selector"),
  officer: sentenceOf("xodim tekshirdi", "ходим текширди", "проверил сотрудник", "by an officer"),
  candidate: sentenceOf("nomzod", "номзод", "кандидат", "candidate"),
  fund: sentenceOf("Migratsiya jamg‘armasi", "Миграция жамғармаси", "Миграционный фонд", "Migration Fund"),
  office: sentenceOf("mas’ul idora", "масъул идора", "ведомство", "office"),
  "licensed private agencies": sentenceOf(
    "litsenziyali xususiy agentliklar",
    "лицензияли хусусий агентликлар",
    "лицензированные частные агентства",
    "licensed private agencies",
  ),
  insurers: sentenceOf("sug‘urtalovchilar", "суғурталовчилар", "страховщики", "insurers"),
  "Migration Agency": sentenceOf(
    "Migratsiya agentligi",
    "Миграция агентлиги",
    "Агентство миграции",
    "Migration Agency",
  ),
};
