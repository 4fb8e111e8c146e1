import type { ReadModel } from "@safar/read-model";
import type { AnyAggregate, Header } from "@safar/event-store";
import type { Vault } from "@safar/vault";
import type { z } from "zod";
import type { Caller } from "./caller.ts";

/** What a query may look at. */
export interface QueryEdge {
  readonly caller: Caller;
  /** Today in Tashkent, ISO date. */
  readonly today: string;
  readonly readModel: ReadModel;
  readonly vault: Vault;
  load<State>(
    aggregate: AnyAggregate,
    id: string,
  ): Promise<{ readonly state: State; readonly exists: boolean; readonly header: Header }>;
}

/** A row to show. Sealed values in `value` are opened for those who may see, and the reading is put on record. */
export interface Shown {
  /** Whose case it is, for scope and the access record. */
  readonly header?: Header;
  readonly value: Readonly<Record<string, unknown>>;
  /** JSON pointers of personal fields that being found confirms; on record for every role, whatever it is shown. */
  readonly confirms?: readonly string[];
}

/** A read over HTTP. `?minPosition=` is answered by the kit before `read` is called. */
export interface QueryRoute {
  /** PascalCase: `ListVacancies`. With the service's name it is the key in the access table. */
  readonly name: string;
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly querystring?: z.ZodObject;
  /** Of a POST (a search whose terms must not stand in an address). */
  readonly body?: z.ZodType;
  /** One thing (undefined: 404), or a page of a list; items out of the caller's scope are left out by the kit. */
  read(request: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly body: unknown;
    readonly edge: QueryEdge;
  }): Promise<
    | { readonly one: (Shown & { readonly revision?: number }) | undefined }
    | { readonly items: readonly Shown[]; readonly next?: string }
  >;
  readonly employerOf?: (shown: Shown) => string | undefined;
}

export const query = (route: QueryRoute): QueryRoute => route;
