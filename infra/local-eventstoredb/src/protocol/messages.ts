/** The protocol's messages as they come out of, and go into, the loaded files. Shapes only; meanings stand there. */

/** A 64-bit number without sign, in decimal. */
export type Unsigned = string;
type Empty = object;

export type UuidMessage = {
  readonly structured?: { readonly mostSignificantBits: string; readonly leastSignificantBits: string };
  readonly string?: string;
};

export interface StreamIdentifier {
  readonly streamName?: Uint8Array;
}

export interface PositionMessage {
  readonly commitPosition: Unsigned;
  readonly preparePosition: Unsigned;
}

export interface ReadOptions {
  readonly streamOption?: "stream" | "all";
  readonly stream?: {
    readonly streamIdentifier?: StreamIdentifier;
    readonly revisionOption?: "revision" | "start" | "end";
    readonly revision?: Unsigned;
  };
  readonly all?: {
    readonly allOption?: "position" | "start" | "end";
    readonly position?: Partial<PositionMessage>;
  };
  readonly readDirection?: "Forwards" | "Backwards";
  readonly countOption?: "count" | "subscription";
  readonly count?: Unsigned;
  readonly filterOption?: "filter" | "noFilter";
  readonly filter?: FilterOptions;
  readonly uuidOption?: { readonly content?: "structured" | "string" };
  readonly controlOption?: { readonly compatibility?: number };
}

export interface FilterOptions {
  readonly filter?: "streamIdentifier" | "eventType";
  readonly streamIdentifier?: FilterExpression;
  readonly eventType?: FilterExpression;
  readonly window?: "max" | "count";
  readonly max?: number;
  readonly checkpointIntervalMultiplier?: number;
}

export interface FilterExpression {
  readonly regex?: string;
  readonly prefix?: readonly string[];
}

export interface ReadRequest {
  readonly options?: ReadOptions;
}

export type ReadResponse =
  | { readonly event: { readonly event: RecordedEventMessage; readonly commitPosition: Unsigned } }
  | { readonly confirmation: { readonly subscriptionId: string } }
  | { readonly checkpoint: PositionMessage }
  | { readonly streamNotFound: { readonly streamIdentifier: StreamIdentifier } }
  | { readonly firstStreamPosition: Unsigned }
  | { readonly lastStreamPosition: Unsigned }
  | { readonly caughtUp: Empty };

export interface RecordedEventMessage extends PositionMessage {
  readonly id: UuidMessage;
  readonly streamIdentifier: StreamIdentifier;
  readonly streamRevision: Unsigned;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

export interface ProposedMessage {
  readonly id?: UuidMessage;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly customMetadata?: Uint8Array;
  readonly data?: Uint8Array;
}

export interface AppendOptions {
  readonly streamIdentifier?: StreamIdentifier;
  readonly expectedStreamRevision?: "revision" | "noStream" | "any" | "streamExists";
  readonly revision?: Unsigned;
}

export interface AppendRequest {
  readonly options?: AppendOptions;
  readonly proposedMessage?: ProposedMessage;
}

interface AppendSuccess {
  readonly currentRevision: Unsigned;
  readonly position: PositionMessage;
}

export interface AppendResponse {
  readonly success?: AppendSuccess;
  readonly wrongExpectedVersion?: {
    readonly currentRevision?: Unsigned;
    readonly currentNoStream?: Empty;
    readonly expectedRevision?: Unsigned;
    readonly expectedAny?: Empty;
    readonly expectedStreamExists?: Empty;
    readonly expectedNoStream?: Empty;
  };
}

export interface BatchAppendOptions {
  readonly streamIdentifier?: StreamIdentifier;
  readonly expectedStreamPosition?: "streamPosition" | "noStream" | "any" | "streamExists";
  readonly streamPosition?: Unsigned;
}

export interface BatchAppendRequest {
  readonly correlationId?: UuidMessage;
  readonly options?: BatchAppendOptions;
  readonly proposedMessages?: readonly ProposedMessage[];
  readonly isFinal?: boolean;
}

/** How one append of a batch failed; `@type` names the message that `details` holds. */
export interface BatchError {
  readonly code: number;
  readonly message: string;
  readonly details: { readonly "@type": string } & Readonly<Record<string, unknown>>;
}

export interface BatchAppendResponse {
  readonly correlationId: UuidMessage;
  readonly streamIdentifier: StreamIdentifier;
  readonly success?: AppendSuccess;
  readonly error?: BatchError;
}
