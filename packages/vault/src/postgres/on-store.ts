import { S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { VaultUnavailable } from "../port.ts";

/** One bucket, and what stands before every key in it. */
export interface Place {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

/**
 * The library's errors may hold what the store repeats of a request, so only their name and status are told on.
 * @throws VaultUnavailable
 */
export const onStore = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw new VaultUnavailable("storage", `the vault's file store fails: ${described(error)}`);
  }
};

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

export const described = (error: unknown): string => {
  if (!(error instanceof Error)) return "an unknown failure";
  const status = statusOf(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return status === undefined ? code : `${error.name} (${status})`;
};
