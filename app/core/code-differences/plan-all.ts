import type { CodeDifferenceKind } from "./code-difference.ts";
import type { Repair, RepairPlan } from "./repairs.ts";

/** What a repair does to each of a kind's differences, and what can't be taken back about it. */
export interface AllPlan extends RepairPlan {
  /** Null where another click undoes it. */
  final: string | null;
}

const NOTHING: AllPlan = { inShopify: null, atImpact: null, here: null, final: null };
const ENDED_FOR_GOOD =
  "impact.com can't take back the end of a registration: only a new one can be made.";

/** What will happen on each side if all differences of a kind are repaired that way. */
export function planAll(repair: Repair, kind: CodeDifferenceKind): AllPlan {
  switch (repair) {
    case "adopt":
      return {
        ...NOTHING,
        here: "Each code becomes one of its discount's, and is nobody's until you assign it.",
      };
    case "remove-from-shopify":
      return {
        ...NOTHING,
        inShopify: "Each code is removed from its discount: customers can't use it any more.",
        final: "A code that is gone comes back only by being made anew.",
      };
    case "make-again":
      return {
        ...NOTHING,
        inShopify:
          kind === "discount-deleted"
            ? "Each discount is made once more, with all its codes."
            : "Each code is added to its discount again: customers can use it.",
        here: "Batches do it. Codes stay with their partners.",
      };
    case "end-at-impact":
      return {
        ...NOTHING,
        atImpact: "Each registration ends now. What it has earned stays.",
        final: ENDED_FOR_GOOD,
      };
    case "register-again":
      return {
        ...NOTHING,
        atImpact: "Each is registered to its partner, after a look whether it is there by now.",
      };
    case "take-over":
      return {
        ...NOTHING,
        atImpact: "The other partner's registration of each code ends now, and yours begins.",
        final: ENDED_FOR_GOOD,
      };
    case "keep-theirs":
      return {
        ...NOTHING,
        here: "Each code belongs to the partner whom impact.com names, from now on. Orders placed before stay with yours, or nobody's; those that impact.com would pay to the other one are not sent.",
      };
    case "match-end":
      return {
        ...NOTHING,
        atImpact:
          "Each registration ends now. Where the code still runs in Shopify, it is registered anew until its end there.",
        final: ENDED_FOR_GOOD,
      };
    case "match-terms":
      return {
        ...NOTHING,
        atImpact: "Each registration ends now, and the code is registered anew, as it should be.",
        final: ENDED_FOR_GOOD,
      };
    case "take-as-live":
      return {
        ...NOTHING,
        atImpact: "Each code is registered to its partner.",
        here: "Each counts as live from now on, and its past orders are looked for.",
      };
    case "follow-discount":
      return {
        ...NOTHING,
        atImpact:
          "Each registration that ends before that discount is ended now, and made anew until then.",
        here: "Each code counts as one of the discount that it opens in Shopify, which is managed here from then on. It stays its partner's.",
        final: ENDED_FOR_GOOD,
      };
    case "activate":
      return {
        ...NOTHING,
        inShopify:
          "Each discount runs again, until the end it had before where that is still to come: customers can use all its codes.",
      };
    case "retire":
      return {
        inShopify: "Customers can't use any of these codes any more.",
        atImpact: "Their registrations end; a shared one ends with its last code.",
        here: "Batches do it; the history is kept.",
        final: "A retired code stays retired.",
      };
  }
}
