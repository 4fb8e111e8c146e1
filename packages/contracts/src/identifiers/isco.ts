/** True for the form of an ISCO-08 unit group: four digits (0110 armed forces to 9629 elementary workers). */
export const isIscoCode = (text: string): boolean => /^\d{4}$/.test(text);
