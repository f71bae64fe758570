import type { BatchPart } from "./batch.ts";

/** Shopify's own runs are not looked at sooner, until it is known how long they take. */
const FIRST_LOOK_MS = 500;
/** Each look is a little sooner than the last run took, so that the time is found when it gets shorter. */
const SOONER = 0.98;

/** When to look at asked parts: each look costs points, and too late a look costs time. */
export interface LookTimes {
  isDue(part: BatchPart, now: Date): boolean;
  noteOpen(part: BatchPart, now: Date): void;
  noteDone(part: BatchPart, now: Date): void;
  /** How long until the first of these is due. */
  untilDue(parts: readonly BatchPart[], now: Date): number;
}

/** A part is looked at when runs like it were done, and then each time after half as long again. */
export function createLookTimes(): LookTimes {
  let typicalMs = FIRST_LOOK_MS;
  const nextLooks = new Map<number, number>();
  const dueAt = ({ number, askedAt }: BatchPart) =>
    nextLooks.get(number) ?? (askedAt?.getTime() ?? 0) + typicalMs;
  const ageOf = ({ askedAt }: BatchPart, now: Date) => now.getTime() - (askedAt?.getTime() ?? 0);
  return {
    isDue: (part, now) => now.getTime() >= dueAt(part),
    noteOpen(part, now) {
      nextLooks.set(part.number, now.getTime() + Math.max(ageOf(part, now), FIRST_LOOK_MS) / 2);
    },
    noteDone(part, now) {
      const wasOpen = nextLooks.delete(part.number);
      // One that was done at its first look may have been so for long: the look itself came late.
      const took = wasOpen ? ageOf(part, now) : Math.min(ageOf(part, now), typicalMs);
      typicalMs = Math.max(FIRST_LOOK_MS, took * SOONER);
    },
    untilDue: (parts, now) => Math.min(...parts.map((part) => dueAt(part) - now.getTime())),
  };
}
