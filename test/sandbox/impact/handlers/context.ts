import type { Reply } from "../http/reply.ts";
import type { Account, ImpactState } from "../state.ts";

/** A request that is authenticated, in scope, and without violations. */
export interface Context {
  state: ImpactState;
  account: Account;
  now: Date;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  form: URLSearchParams;
}

export type Handler = (context: Context) => Reply;
