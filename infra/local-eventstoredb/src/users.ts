import { timingSafeEqual } from "node:crypto";
import type { Metadata, sendUnaryData } from "@grpc/grpc-js";
import { accessDenied, unauthenticated, type Failure } from "./failures.ts";

/** Somebody whom the stand-in knows. Whoever is not to append may read. */
export interface LocalUser {
  readonly name: string;
  readonly password: string;
  readonly mayAppend: boolean;
}

/** What a caller may do; EventStoreDB answers questions about itself to those who say nothing of who they are. */
export type Rights = "append" | "read" | "ask";

/** As gRPC hands a call to whoever answers it. */
interface AnyCall {
  readonly metadata: Metadata;
  emit(event: "error", failure: Failure): boolean;
}

export interface Guard {
  /** Undefined: the credentials are wrong. */
  rightsOf(metadata: Metadata): Rights | undefined;
}

/** Everybody may do everything where there are no users. */
export const createGuard = (users: readonly LocalUser[] | undefined): Guard => {
  if (users === undefined) return { rightsOf: () => "append" };
  const known = users.map(({ name, password, mayAppend }) => ({
    credentials: Buffer.from(`Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`),
    rights: mayAppend ? ("append" as const) : ("read" as const),
  }));
  return {
    rightsOf(metadata) {
      const [given] = metadata.get("authorization");
      if (given === undefined) return "ask";
      const told = Buffer.from(given);
      return known.find(({ credentials }) => credentials.length === told.length && timingSafeEqual(credentials, told))
        ?.rights;
    },
  };
};

type Callbacks = readonly [callback?: sendUnaryData<never>];

/** Where one answer is awaited there is a callback for it. */
const refuse = (call: AnyCall, [callback]: Callbacks, failure: Failure): void => {
  if (callback === undefined) call.emit("error", failure);
  else callback(failure);
};

/** Answers of one kind, for those who may have them. For wrong credentials EventStoreDB refuses every call. */
export const guarded =
  <Call extends AnyCall, Callback extends Callbacks>(
    guard: Guard,
    answerFor: (rights: Rights) => ((call: Call, ...callback: Callback) => void) | "denied",
  ) =>
  (call: Call, ...callback: Callback): void => {
    const rights = guard.rightsOf(call.metadata);
    if (rights === undefined) return refuse(call, callback, unauthenticated());
    const answer = answerFor(rights);
    if (answer === "denied") return refuse(call, callback, accessDenied());
    answer(call, ...callback);
  };
