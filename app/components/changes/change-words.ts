import type { ChangeKind } from "#app/core/changes/change.ts";

/** What each change is called, as a button and as the title of its batch. */
export const CHANGE_WORDS: Record<ChangeKind, { verb: string; title: string; done: string }> = {
  retire: { verb: "Retire", title: "Codes are retired", done: "Retired" },
  rotate: { verb: "Rotate", title: "Codes are rotated", done: "Rotated" },
  reassign: { verb: "Reassign", title: "Codes are reassigned", done: "Reassigned" },
  "register-anew": {
    verb: "Register anew",
    title: "Codes are registered anew",
    done: "Registered anew",
  },
};

/** Customers go on using the codes. */
export const KEEPING: ReadonlySet<ChangeKind> = new Set(["reassign", "register-anew"]);

export function codesText(count: number): string {
  return count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`;
}
