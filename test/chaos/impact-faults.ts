import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { isKept, type Happened, type Happening } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

type Faults = DemoWorld["impact"]["faults"];
type Fault = NonNullable<ReturnType<Faults["take"]>>;
type Kind = Fault["kind"];

/**
 * Of so many requests each kind of fault meets one. Five failures in a row would be an outage, in which
 * the app asks nothing for a minute or more: nearly all of a short run.
 */
const DECK = 20;

const OF_READS: Kind[] = ["fail", "rate limit", "hang up before accepting"];
const OF_WRITES: Kind[] = [...OF_READS, "hang up after accepting"];

const COUNTED: Record<Kind, Happening> = {
  fail: "impact.com 5xx",
  "rate limit": "impact.com 429",
  "hang up before accepting": "impact.com hung up before accepting",
  "hang up after accepting": "impact.com hung up after accepting",
};

/**
 * Lets a part of all requests to impact.com fail, each way equally often, and counts what they have met:
 * a fault that is only armed shows nothing. Told to stop, it goes on with what was promised and is missing.
 */
export function failOften(
  { impact: { faults } }: Pick<DemoWorld, "impact">,
  random: SeededRandom,
  happened: Happened,
): () => void {
  let isStopping = false;
  const draw = { read: dealer(OF_READS, random), write: dealer(OF_WRITES, random) };
  const drawFor = (method: string): Fault | null => {
    const kind = draw[method === "GET" ? "read" : "write"]();
    if (kind === null || (isStopping && isKept(happened, COUNTED[kind]))) return null;
    return kind === "fail" ? { kind, status: random.pick([500, 502, 503, 504]) } : { kind };
  };
  const take = faults.take;
  faults.take = (request) => {
    const fault = take(request) ?? drawFor(request.method);
    if (fault) happened[COUNTED[fault.kind]] += 1;
    return fault;
  };
  return () => {
    isStopping = true;
  };
}

/** Deals each of these kinds once in a deck, and shuffles it anew when it is through. */
function dealer(kinds: readonly Kind[], random: SeededRandom): () => Kind | null {
  let left: (Kind | null)[] = [];
  return () => {
    if (left.length === 0) {
      const blanks = Array.from({ length: DECK - kinds.length }, () => null);
      left = random.shuffle([...kinds, ...blanks]);
    }
    return left.pop() ?? null;
  };
}
