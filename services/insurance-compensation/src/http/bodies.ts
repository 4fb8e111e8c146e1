import { z } from "zod";
import { moneySchema, reasonCode, uuid } from "@safar/contracts";

export const issueBody = z.strictObject({ number: z.string().min(1).max(60), premium: moneySchema });
export const activationBody = z.strictObject({ validFrom: z.iso.date(), validUntil: z.iso.date() });
export const subsidyBody = z.strictObject({ amount: moneySchema, socialList: z.string().min(1).max(60) });
export const reasonBody = z.strictObject({ reason: reasonCode });
export const applicationBody = z.strictObject({
  amount: moneySchema,
  cardHolder: z.string().min(1).max(200),
  cardNumber: z.string().regex(/^\d{16}$/),
});
export const emptyBody = z.strictObject({});
export const rejectionBody = z.strictObject({ reasons: z.array(reasonCode).min(1).max(10) });
export const settlementBody = z.strictObject({ paymentId: uuid, bankReference: z.string().min(1).max(100) });
export const returnBody = z.strictObject({ paymentId: uuid, reason: reasonCode });
