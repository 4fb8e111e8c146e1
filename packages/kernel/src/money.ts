/** An amount in whole minor units (tiyin, cents) with an ISO 4217 code. Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

export const money = (minor: number, currency: string): Money => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is no whole number of minor units`);
  return { minor, currency };
};

const sameCurrency = (left: Money, right: Money): void => {
  if (left.currency !== right.currency) throw new RangeError(`${left.currency} and ${right.currency} do not add up`);
};

export const plus = (left: Money, right: Money): Money => {
  sameCurrency(left, right);
  return money(left.minor + right.minor, left.currency);
};

export const lesser = (left: Money, right: Money): Money => {
  sameCurrency(left, right);
  return left.minor <= right.minor ? left : right;
};
