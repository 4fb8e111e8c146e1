/** ISO 4217 codes in use, by the number of digits of their minor unit. Funds and metals are left out. */
const CODES_BY_DIGITS: readonly (readonly [number, string])[] = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"],
  [
    2,
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
      "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR " +
      "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD " +
      "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN " +
      "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG",
  ],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
];

const digits: ReadonlyMap<string, number> = new Map(
  CODES_BY_DIGITS.flatMap(([count, codes]) => codes.split(" ").map((code) => [code, count] as const)),
);

/**
 * How many digits the minor unit of a currency has (2 for EUR, 0 for JPY, 3 for KWD); undefined for an unknown code.
 * A table of our own, since the runtime's follows CLDR, which counts other digits than ISO 4217 and changes.
 */
export const currencyDigits = (code: string): number | undefined => digits.get(code);
