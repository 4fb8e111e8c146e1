import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { S3Error } from "./errors.ts";

export interface S3Credentials {
  readonly key: string;
  readonly secret: string;
  readonly region: string;
}

/** Beyond it a signed request could be sent again by whoever has seen it. */
const SKEW_MILLISECONDS = 15 * 60_000;
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;
const TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * AWS Signature Version 4, written from its description, for signed headers and a payload hashed as a whole.
 * @throws S3Error
 */
export const checkSignature = (request: IncomingMessage, body: Uint8Array, credentials: S3Credentials): void => {
  const [, scope = "", signed = "", signature = ""] = AUTHORIZATION.exec(request.headers.authorization ?? "") ?? [];
  if (signature === "") throw new S3Error("AccessDenied", 403);
  const [key, day = "", region, service, end] = scope.split("/");
  if (key !== credentials.key) throw new S3Error("InvalidAccessKeyId", 403);
  if (region !== credentials.region || service !== "s3" || end !== "aws4_request") {
    throw new S3Error("AuthorizationHeaderMalformed", 400);
  }
  const time = header(request, "x-amz-date");
  checkTime(time, day);
  const names = signed.split(";");
  // Whoever may leave out the host or an x-amz header may send a signed request elsewhere, or change what it means.
  const mustBeSigned = Object.keys(request.headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (mustBeSigned.some((name) => !names.includes(name))) throw new S3Error("AccessDenied", 403);
  const payload = header(request, "x-amz-content-sha256");
  if (payload.startsWith("STREAMING-")) throw new S3Error("NotImplemented", 501);
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body)) throw new S3Error("XAmzContentSHA256Mismatch", 400);

  const canonical = canonicalRequest(request, names, payload);
  const toSign = ["AWS4-HMAC-SHA256", time, [day, region, service, end].join("/"), sha256(canonical)].join("\n");
  const dayKey = hmac(`AWS4${credentials.secret}`, day);
  const expected = hmac(hmac(hmac(hmac(dayKey, region), service), "aws4_request"), toSign);
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) throw new S3Error("SignatureDoesNotMatch", 403);
};

const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim().replace(/ +/g, " ");
};

const checkTime = (time: string, day: string): void => {
  const [, ...parts] = TIME.exec(time) ?? [];
  const [year, month, date, hours, minutes, seconds] = parts.map(Number);
  const at = Date.UTC(year ?? NaN, (month ?? NaN) - 1, date, hours, minutes, seconds);
  if (!(Math.abs(at - Date.now()) < SKEW_MILLISECONDS)) throw new S3Error("RequestTimeTooSkewed", 403);
  if (!time.startsWith(day)) throw new S3Error("AuthorizationHeaderMalformed", 400);
};

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalRequest = (request: IncomingMessage, names: readonly string[], payload: string): string => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const path = pathname.split("/").map((part) => encode(decodeURIComponent(part)));
  const headers = names.map((name) => `${name}:${header(request, name)}\n`).join("");
  return [request.method, path.join("/"), query.join("&"), headers, names.join(";"), payload].join("\n");
};
