/** Invented people with numbers that keep every rule, as many as a test needs: the n-th is always the same. */

const WEIGHTS = [7, 3, 1] as const;
const checkDigit = (digits: string): number =>
  [...digits].reduce((sum, digit, index) => sum + Number(digit) * WEIGHTS[index % 3]!, 0) % 10;

const two = (value: number): string => String(value).padStart(2, "0");

const SURNAMES = ["Karimov", "Yusupov", "Toshmatov", "Rahimov", "Sobirov", "Ergashev", "Qodirov", "Nazarov"];
const GIVEN_NAMES = ["Anvar", "Bekzod", "Dilshod", "Farhod", "Jasur", "Kamron", "Sardor", "Temur"];

/** The body of `POST /registration/cases` for the n-th person; what is given replaces a field. */
export const candidateBody = (n: number, given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => {
  const day = (n % 28) + 1;
  const month = (Math.floor(n / 28) % 12) + 1;
  const year = 1975 + (Math.floor(n / 336) % 25);
  const twelve = `3${two(day)}${two(month)}${two(year % 100)}${String(100 + (n % 900)).padStart(3, "0")}${String(1 + (Math.floor(n / 900) % 999)).padStart(3, "0")}`;
  return {
    channel: "branch",
    surname: `${SURNAMES[n % 8]}${String.fromCharCode(97 + (Math.floor(n / 64) % 26))}`,
    givenName: GIVEN_NAMES[Math.floor(n / 8) % 8],
    sex: "E",
    birthDate: `${year}-${two(month)}-${two(day)}`,
    pinfl: `${twelve}${checkDigit(twelve)}`,
    passport: `AD${String(1_000_000 + n)}`,
    passportExpiry: "2035-01-31",
    phone: `+99890${String(1_000_000 + n)}`,
    regionSoato: "1726",
    isco: "7112",
    experienceYears: 4,
    destinations: ["DE"],
    consentDate: "2026-01-15",
    ...given,
  };
};
