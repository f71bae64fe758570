export interface TestClock {
  now(): Date;
  /** Moves on by that many milliseconds. */
  pass(ms: number): void;
  /** Moves on to that instant, never back. */
  passTo(instant: Date): void;
}

export function createTestClock(start = "2026-11-23T10:00:00Z"): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms;
    },
    passTo: (instant) => {
      now = Math.max(now, instant.getTime());
    },
  };
}
