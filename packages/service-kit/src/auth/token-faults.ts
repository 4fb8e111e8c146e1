import { errors } from "jose";
import { sentenceOf, type Sentence } from "@safar/contracts";
import { ProblemError } from "../http/problem.ts";

/** Why somebody is not signed in: what stands for `{reason}` in `unauthenticated`. */
export const TOKEN_FAULTS = {
  "not-sent": sentenceOf("token yuborilmadi", "токен юборилмади", "токен не прислан", "no token was sent"),
  "not-bearer": sentenceOf(
    "sarlavha `Bearer TOKEN` ko‘rinishida emas",
    "сарлавҳа `Bearer TOKEN` кўринишида эмас",
    "заголовок не вида `Bearer TOKEN`",
    "the header is not `Bearer TOKEN`",
  ),
  unreadable: sentenceOf(
    "tokenni o‘qib bo‘lmadi",
    "токенни ўқиб бўлмади",
    "токен не читается",
    "the token cannot be read",
  ),
  expired: sentenceOf("token muddati o‘tgan", "токен муддати ўтган", "срок токена истёк", "the token has expired"),
  "other-signer": sentenceOf(
    "tokenni bu tizim ishonadigan beruvchi imzolamagan",
    "токенни бу тизим ишонадиган берувчи имзоламаган",
    "токен подписан не тем, кому система доверяет",
    "it is not signed by an issuer that is trusted here",
  ),
  "claim-wrong": sentenceOf(
    "tokendagi `{claim}` yo‘q yoki mos emas",
    "токендаги `{claim}` йўқ ёки мос эмас",
    "`{claim}` в токене отсутствует или не подходит",
    "its claim `{claim}` is missing or not the one expected",
  ),
  "role-unknown": sentenceOf(
    "tokendagi `{claim}` Safar rollaridan birini aytmaydi",
    "токендаги `{claim}` Safar ролларидан бирини айтмайди",
    "`{claim}` в токене не называет роли Safar",
    "its claim `{claim}` names no role of Safar",
  ),
  "link-used": sentenceOf(
    "bu havola allaqachon ishlatilgan",
    "бу ҳавола аллақачон ишлатилган",
    "эта ссылка уже использована",
    "this link was used already",
  ),
  "sign-in-incomplete": sentenceOf(
    "kirish yakunlanmadi",
    "кириш якунланмади",
    "вход не завершён",
    "the sign-in was not completed",
  ),
} as const satisfies Readonly<Record<string, Sentence>>;
export type TokenFault = keyof typeof TOKEN_FAULTS;

export const unauthenticated = (
  fault: TokenFault,
  options: { readonly claim?: string; readonly cause?: unknown } = {},
): ProblemError => {
  const { claim, cause } = options;
  const params = { reason: TOKEN_FAULTS[fault], ...(claim === undefined ? {} : { claim }) };
  return new ProblemError("unauthenticated", { params, cause });
};

/** What the library says of a token, which it says in English alone, as one of ours. */
export const unverified = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof errors.JWTExpired) return unauthenticated("expired", { cause: error });
  if (error instanceof errors.JWTClaimValidationFailed)
    return unauthenticated("claim-wrong", { claim: error.claim, cause: error });
  const isForeign = [errors.JWSSignatureVerificationFailed, errors.JWKSNoMatchingKey, errors.JOSEAlgNotAllowed].some(
    (kind) => error instanceof kind,
  );
  return unauthenticated(isForeign ? "other-signer" : "unreadable", { cause: error });
};
