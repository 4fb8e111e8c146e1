/**
 * The four digits of the region in a SOATO code of a region (4 digits) or a district (7 digits); undefined for other
 * text. Whether there is such a region is a matter of `regionOf`.
 */
export const regionDigitsOf = (soato: string): string | undefined => /^(\d{4})(\d{3})?$/.exec(soato)?.[1];
