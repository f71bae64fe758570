/** What a fault may look at to choose its requests. */
interface Incoming {
  method: string;
  path: string;
  form: URLSearchParams;
}

export type Where = (request: Incoming) => boolean;

type Armed =
  | { kind: "fail"; status: number }
  | { kind: "rate limit" }
  | { kind: "hang up before accepting" }
  | { kind: "hang up after accepting" };

export interface Faults {
  /** Every answer takes this much longer; 0 ends it. */
  slow(ms: number): void;
  /** 200 answers with a body whose Status is ERROR, which the documents also know. */
  failNext(count: number, status: number, where?: Where): void;
  rateLimitNext(count: number, where?: Where): void;
  /** Processes the request, then drops the connection without an answer. */
  hangUpAfterAccepting(count: number, where?: Where): void;
  hangUpBeforeAccepting(count: number, where?: Where): void;
  clear(): void;
  /** For the server: the fault that this request meets, which is then used up. */
  take(request: Incoming): Armed | null;
  delayMs(): number;
}

export function createFaults(): Faults {
  let slowMs = 0;
  let armed: { fault: Armed; left: number; where: Where }[] = [];
  const arm = (fault: Armed, left: number, where: Where = () => true) => {
    armed.push({ fault, left, where });
  };
  return {
    slow: (ms) => {
      slowMs = ms;
    },
    failNext: (count, status, where) => arm({ kind: "fail", status }, count, where),
    rateLimitNext: (count, where) => arm({ kind: "rate limit" }, count, where),
    hangUpAfterAccepting: (count, where) => arm({ kind: "hang up after accepting" }, count, where),
    hangUpBeforeAccepting: (count, where) =>
      arm({ kind: "hang up before accepting" }, count, where),
    clear: () => {
      slowMs = 0;
      armed = [];
    },
    take: (request) => {
      const first = armed.find(({ left, where }) => left > 0 && where(request));
      if (first === undefined) return null;
      first.left -= 1;
      return first.fault;
    },
    delayMs: () => slowMs,
  };
}
