import { groupBy } from "../group-by.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Conversion } from "./conversion.ts";

interface OfConversion {
  conversion: Conversion;
}

/** Of the orders that one list of actions is asked for: it holds everybody's actions of that time. */
const WINDOW_MS = 2 * 86_400_000;

/** By program, and so near to one another that one list can hold them. */
export function windowsOf<T extends OfConversion>(all: readonly T[]): T[][] {
  const windows: T[][] = [];
  for (const ofProgram of groupBy(all, ({ conversion }) => conversion.programId).values()) {
    let window: T[] = [];
    let startsAt = -Infinity;
    for (const one of ofProgram.toSorted((a, b) => timeOf(a) - timeOf(b))) {
      if (timeOf(one) > startsAt + WINDOW_MS) {
        window = [];
        startsAt = timeOf(one);
        windows.push(window);
      }
      window.push(one);
    }
  }
  return windows;
}

/** The question for one window's actions; `margin` widens it at both ends. */
export function queryFor(
  window: readonly OfConversion[],
  margin: number,
): { programId: string; from: Date; to: Date } {
  const times = window.map(timeOf);
  const programId = window[0]?.conversion.programId ?? "";
  const from = new Date(Math.min(...times) - margin);
  const to = new Date(Math.max(...times) + margin);
  return { programId, from, to };
}

/** A conversion and its action have the same. */
export function keyOf(it: Pick<ImpactAction, "impactOrderId" | "eventTypeId">): string {
  return `${it.eventTypeId} ${it.impactOrderId}`;
}

function timeOf({ conversion }: OfConversion): number {
  return conversion.eventAt.getTime();
}
