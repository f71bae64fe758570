/** An expected failure: what happened, whether trying again can help, and a sentence for the merchant. */
export interface Problem<Kind extends string = string> {
  kind: Kind;
  retry: "later" | "never";
  /** Says what to do; shown to the merchant as it is. */
  message: string;
  /** Not before then, where the other side said so. */
  retryAt?: Date;
  /** For the log only. */
  cause?: string;
}

export type Result<T, P extends Problem = Problem> =
  { ok: true; value: T } | { ok: false; problem: P };

export function success<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function failure<P extends Problem>(problem: P): { ok: false; problem: P } {
  return { ok: false, problem };
}
