/** What a character counts in ICAO 9303: digits themselves, letters from A = 10 to Z = 35, the filler nothing. */
const weightOf = (character: string): number => (character === "<" ? 0 : Number.parseInt(character, 36));

/** The check digit of ICAO 9303: weights 7, 3, 1 repeating, the sum modulo 10. Of `0-9`, `A-Z` and `<`. */
export const checkDigitOf = (characters: string): number => {
  let sum = 0;
  for (let index = 0; index < characters.length; index++)
    sum += weightOf(characters.charAt(index)) * ([7, 3, 1][index % 3] ?? 0);
  return sum % 10;
};
