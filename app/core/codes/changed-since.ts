import { changedFields, unsavedSentence, type Opened } from "../changed-fields.ts";
import type { TermsDraft } from "./terms-draft.ts";

/**
 * A sentence on what became other terms while the form stood open and would be taken back by saving it;
 * null where nothing would.
 */
export function changedSince(
  opened: Opened<TermsDraft>,
  now: TermsDraft,
  draft: TermsDraft,
): string | null {
  const fields = Object.keys(NAMES) as (keyof TermsDraft)[];
  const changed = changedFields(fields, { opened, now, draft });
  const said = new Set(changed.map((field) => nameOf(field, now)));
  if (said.size === 0) return null;
  const list = new Intl.ListFormat("en").format(said);
  return unsavedSentence(`This discount was changed after you opened this page: ${list}.`);
}

const NAMES: Record<keyof TermsDraft, string> = {
  title: "its name",
  valueKind: "what it takes off",
  value: "how much it takes off",
  mostShipping: "the dearest shipping it makes free",
  itemsKind: "its products",
  items: "its products",
  buyersKind: "its customers",
  segments: "its customers",
  purchases: "its purchases",
  cycles: "its number of payments",
  startsOn: "its first day",
  endsOn: "its last day",
  usageLimit: "its limit of uses",
  oncePerCustomer: "whether a customer may use it more than once",
  combines: "what it combines with",
  combinesProducts: "what it combines with",
  combinesShipping: "what it combines with",
  minimumKind: "its minimum",
  minimum: "its minimum",
  tags: "its tags",
};

const TOLD: readonly (keyof TermsDraft)[] = [
  "title",
  "value",
  "mostShipping",
  "cycles",
  "startsOn",
  "endsOn",
  "usageLimit",
  "tags",
];

function nameOf(field: keyof TermsDraft, now: TermsDraft): string {
  const value = now[field];
  if (!TOLD.includes(field) || typeof value !== "string") return NAMES[field];
  return `${NAMES[field]} (now ${value === "" ? "none" : value})`;
}
