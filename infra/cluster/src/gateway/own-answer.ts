/** What the gateway answers itself, because no single service could. */
export interface OwnAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}
