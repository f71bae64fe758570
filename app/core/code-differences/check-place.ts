import type { Reconciliation } from "../ledger/reconciliation.ts";

/** Where a run over codes goes on: what it reads next, and then what it compares. */
export type CheckPlace =
  /** Discounts after that one. */
  | { stage: "discounts"; after: string | null }
  /** Codes of one discount after that cursor; so many were read before, and so often it was listed short. */
  | { stage: "codes"; discountId: string; read: number; tries: number; after: string | null }
  | { stage: "impact"; programId: string; page: number }
  /** Codes after that one; no program where impact.com was not read. */
  | { stage: "compare"; programId: string | null; after: string | null };

/** A run's cursor → its place; the start where it has none. */
export function placeOf({ cursor }: Pick<Reconciliation, "cursor">): CheckPlace {
  const [stage, ...rest] = (cursor ?? "").split("/");
  const [first = "", second = ""] = rest;
  if (stage === "codes") {
    const after = rest.slice(2).join("/");
    const [read, tries = 0] = second.split("~").map(Number);
    return { stage, discountId: first, read: read ?? 0, tries, after: after || null };
  }
  if (stage === "impact") return { stage, programId: first, page: Number(second) };
  if (stage === "compare") {
    return { stage, programId: first || null, after: rest.slice(1).join("/") || null };
  }
  return { stage: "discounts", after: first || null };
}

/** The other way. */
export function cursorOf(place: CheckPlace): string {
  switch (place.stage) {
    case "discounts":
      return `discounts/${place.after ?? ""}`;
    case "codes":
      return `codes/${place.discountId}/${place.read}~${place.tries}/${place.after ?? ""}`;
    case "impact":
      return `impact/${place.programId}/${place.page}`;
    case "compare":
      return `compare/${place.programId ?? ""}/${place.after ?? ""}`;
  }
}
