import type { Chance } from "./random.ts";

/** An invented person whose numbers keep every rule of identifiers.md. */
export interface Person {
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic: string;
  readonly sex: "E" | "A";
  readonly birthDate: string;
  readonly pinfl: string;
  readonly passport: string;
  readonly passportExpiry: string;
  readonly mrz: string;
  readonly phone: string;
  readonly regionSoato: string;
}

const SURNAMES = [
  "Karimov",
  "Yusupov",
  "Toshmatov",
  "Rahimov",
  "Sobirov",
  "Ergashev",
  "Qodirov",
  "Nazarov",
  "Aliyev",
  "Umarov",
  "Ismoilov",
  "Xolmatov",
];
const MEN = ["Anvar", "Bekzod", "Dilshod", "Farhod", "Jasur", "Kamron", "Sardor", "Temur", "Olim", "Islom"];
const WOMEN = ["Malika", "Nilufar", "Lola", "Saodat", "Iroda", "Mohira", "Dilnoza", "Gulnora", "Zarina", "Feruza"];
const REGIONS = [
  "1703",
  "1706",
  "1708",
  "1710",
  "1712",
  "1714",
  "1718",
  "1722",
  "1724",
  "1726",
  "1727",
  "1730",
  "1733",
  "1735",
];

const weightAt = (index: number): number => (index % 3 === 0 ? 7 : index % 3 === 1 ? 3 : 1);
const valueOf = (letter: string): number =>
  letter === "<" ? 0 : /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55;
/** ICAO 9303, part 3, 4.9: weights 7, 3, 1 repeating, modulo 10. */
const checkDigit = (text: string): string =>
  String([...text].reduce((sum, letter, index) => sum + valueOf(letter) * weightAt(index), 0) % 10);

const two = (value: number): string => String(value).padStart(2, "0");
const compact = (date: string): string => date.slice(2).replaceAll("-", "");
const upper = (name: string): string => name.toUpperCase().replace(/[^A-Z]/g, "");

const zoneOf = (person: Omit<Person, "mrz" | "phone" | "regionSoato" | "patronymic">): string => {
  const { surname, givenName, passport, birthDate, passportExpiry, sex, pinfl } = person;
  const names = `P<UZB${upper(surname)}<<${upper(givenName)}`.padEnd(44, "<");
  const number = `${passport}${checkDigit(passport)}`;
  const birth = `${compact(birthDate)}${checkDigit(compact(birthDate))}`;
  const expiry = `${compact(passportExpiry)}${checkDigit(compact(passportExpiry))}`;
  const personal = `${pinfl}${checkDigit(pinfl)}`;
  const composite = checkDigit(number + birth + expiry + personal);
  return `${names}${number}UZB${birth}${sex === "E" ? "M" : "F"}${expiry}${personal}${composite}`;
};

export const inventPerson = (chance: Chance): Person => {
  const sex = chance.fraction() < 0.6 ? "E" : "A";
  const year = chance.between(1972, 2004);
  const month = chance.between(1, 12);
  const day = chance.between(1, 28);
  const birthDate = `${year}-${two(month)}-${two(day)}`;
  const century = year < 2000 ? (sex === "E" ? "3" : "4") : sex === "E" ? "5" : "6";
  const area = String(chance.between(1, 999)).padStart(3, "0");
  const serial = String(chance.between(1, 999)).padStart(3, "0");
  const thirteen = `${century}${two(day)}${two(month)}${two(year % 100)}${area}${serial}`;
  const base = {
    surname: chance.pick(SURNAMES) + (sex === "A" ? "a" : ""),
    givenName: chance.pick(sex === "E" ? MEN : WOMEN),
    sex,
    birthDate,
    pinfl: `${thirteen}${checkDigit(thirteen)}`,
    passport: `${chance.pick(["AD", "AE", "FA", "FB"])}${chance.digits(7)}`,
    passportExpiry: `${chance.between(2033, 2036)}-${two(chance.between(1, 12))}-15`,
  } as const;
  return {
    ...base,
    patronymic: `${chance.pick(MEN)} ${sex === "E" ? "o‘g‘li" : "qizi"}`,
    mrz: zoneOf(base),
    phone: `+9989${chance.digits(8)}`,
    regionSoato: chance.pick(REGIONS),
  };
};
