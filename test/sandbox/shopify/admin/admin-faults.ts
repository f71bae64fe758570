/** Failures on command; each "next" counts requests down, token requests included. */
export interface AdminFaults {
  failNext(count: number, status: number): void;
  /** Answers the next GraphQL requests as if the bucket were empty. */
  throttleNext(count: number): void;
  /** Carries out the next requests, then drops the connection without an answer. */
  hangUpNext(count: number): void;
  /** Every answer takes this much longer, until set to 0. */
  slow(ms: number): void;
  /** Takes what the coming request has to suffer. */
  take(isGraphql: boolean): Suffering;
}

interface Suffering {
  failWith: number | null;
  throttle: boolean;
  hangUp: boolean;
  delayMs: number;
}

export function createAdminFaults(): AdminFaults {
  const failing = { count: 0, status: 500 };
  let throttling = 0;
  let hangingUp = 0;
  let delayMs = 0;
  return {
    failNext(count, status) {
      failing.count = count;
      failing.status = status;
    },
    throttleNext(count) {
      throttling = count;
    },
    hangUpNext(count) {
      hangingUp = count;
    },
    slow(ms) {
      delayMs = ms;
    },
    take(isGraphql) {
      const failWith = failing.count > 0 ? failing.status : null;
      if (failWith !== null) failing.count -= 1;
      const hangUp = failWith === null && hangingUp > 0;
      if (hangUp) hangingUp -= 1;
      const throttle = failWith === null && isGraphql && throttling > 0;
      if (throttle) throttling -= 1;
      return { failWith, throttle, hangUp, delayMs };
    },
  };
}
