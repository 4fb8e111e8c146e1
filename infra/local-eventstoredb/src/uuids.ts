import { isUuid } from "@safar/kernel";
import type { UuidMessage } from "./protocol/messages.ts";

const hexOfSigned = (value: string): string => BigInt.asUintN(64, BigInt(value)).toString(16).padStart(16, "0");

/** The UUID in lower case; undefined when it is none. */
export const uuidOf = (message: UuidMessage | undefined): string | undefined => {
  const { structured, string } = message ?? {};
  if (structured === undefined) {
    const text = string?.toLowerCase();
    return text !== undefined && isUuid(text) ? text : undefined;
  }
  const { mostSignificantBits = "0", leastSignificantBits = "0" } = structured as Partial<typeof structured>;
  const hex = hexOfSigned(mostSignificantBits) + hexOfSigned(leastSignificantBits);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

export const structuredUuid = (uuid: string): UuidMessage => {
  const hex = uuid.replaceAll("-", "");
  const half = (from: number): string => String(BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)));
  return { structured: { mostSignificantBits: half(0), leastSignificantBits: half(16) } };
};
