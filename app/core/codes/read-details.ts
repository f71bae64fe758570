import type { Chosen, DiscountBuyers, DiscountDetails, DiscountItems } from "./discount.ts";
import type { Complain, TermsDraft } from "./terms-draft.ts";

/** help.shopify.com, "Discount codes": a discount names at most so many products. */
export const MOST_CHOSEN = 100;
/** Shopify takes five (DiscountErrorCode TOO_MANY_TAGS), and one is this app's own mark. */
export const MOST_TAGS = 4;
const LONGEST_TAG = 255;

/** On what, for whom and with what else it holds, as a form has it. */
export function readDetails(
  draft: TermsDraft,
  complain: Complain,
): Omit<DiscountDetails, "minimumQuantity"> {
  const isShipping = draft.valueKind === "free-shipping";
  return {
    items: isShipping ? { kind: "all" } : readItems(draft, complain),
    buyers: readBuyers(draft, complain),
    combinesProducts: draft.combinesProducts,
    // Shopify gives an order one shipping discount at most.
    combinesShipping: !isShipping && draft.combinesShipping,
    purchases: draft.purchases,
    cycles: readCycles(draft, complain),
    tags: readTags(draft.tags, complain),
  };
}

function readItems({ itemsKind, items }: TermsDraft, complain: Complain): DiscountItems {
  if (itemsKind === "all") return { kind: "all" };
  if (items.length === 0) complain("items", `Choose at least one ${itemsKind.slice(0, -1)}.`);
  if (items.length > MOST_CHOSEN) complain("items", tooMany(itemsKind));
  return { kind: itemsKind, chosen: inOrder(items) };
}

function readBuyers({ buyersKind, segments }: TermsDraft, complain: Complain): DiscountBuyers {
  if (buyersKind === "all") return { kind: "all" };
  if (segments.length === 0) complain("segments", "Choose at least one customer segment.");
  if (segments.length > MOST_CHOSEN) complain("segments", tooMany("customer segments"));
  return { kind: "segments", chosen: inOrder(segments) };
}

function tooMany(what: string): string {
  return `Shopify takes at most ${MOST_CHOSEN} ${what} for a discount.`;
}

/** Each once, by its id: what order they were chosen in is no term of the discount. */
function inOrder(chosen: readonly Chosen[]): Chosen[] {
  const byId = new Map(chosen.map((one) => [one.id, one]));
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function readCycles({ purchases, cycles }: TermsDraft, complain: Complain): number | null {
  if (purchases === "one-time" || cycles.trim() === "") return null;
  const count = /^\d{1,4}$/.test(cycles.trim()) ? Number(cycles) : 0;
  if (count < 1) complain("cycles", "Enter a whole number of payments, or leave it empty.");
  return count;
}

function readTags(text: string, complain: Complain): string[] {
  const tags = [...new Set(text.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
  if (tags.length > MOST_TAGS) complain("tags", `Use at most ${MOST_TAGS} tags.`);
  if (tags.some((tag) => tag.length > LONGEST_TAG)) {
    complain("tags", `Use at most ${LONGEST_TAG} characters in a tag.`);
  }
  if (tags.some((tag) => tag.startsWith(OUR_TAG))) {
    complain("tags", `Tags that begin with ${OUR_TAG} are this app's own. Choose another.`);
  }
  return tags.toSorted();
}

/** Marks a Shopify discount as one of ours, so that a lost answer can be recognised. */
export const OUR_TAG = "partner-codes-";
