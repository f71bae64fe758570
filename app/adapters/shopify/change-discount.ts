import { z } from "zod";
import type { TermsField } from "#app/core/codes/terms-draft.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Shopify, ShopifyProblem, TermsRefusal } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { AdminClient } from "./admin-client.ts";
import { termsInput } from "./discount-input.ts";
import { refused, userErrors } from "./discounts.ts";
import {
  DELETE_DISCOUNT,
  UPDATE_DISCOUNT,
  UPDATE_FREE_SHIPPING,
} from "./documents/discount-changes.ts";
import { readMarked, type MarkedDiscount } from "./seen-discounts.ts";
import { notFound } from "./shopify-problems.ts";

const payload = z.object({ userErrors });
const updated = z.union([
  z.object({ discountCodeBasicUpdate: payload }).transform((data) => data.discountCodeBasicUpdate),
  z
    .object({ discountCodeFreeShippingUpdate: payload })
    .transform((data) => data.discountCodeFreeShippingUpdate),
]);
const deleted = z.object({
  discountCodeDelete: z.object({ deletedCodeDiscountId: z.string().nullable(), userErrors }),
});
type ChangeCalls = Pick<Shopify, "updateDiscount" | "deleteDiscount">;

/** Changes a discount that Shopify has. */
export function createChangeDiscountCalls(client: AdminClient): ChangeCalls {
  return {
    async updateDiscount(shop, id, wanted, { keepsStart }) {
      // Lists are told as what changes, and somebody may have changed them in Shopify meanwhile.
      const before = await readOne(client, shop, id);
      if (!before.ok) return before;
      const { terms: from, marks } = before.value;
      const terms = keepsStart ? { ...wanted, startsAt: from.startsAt } : wanted;
      const discount = termsInput(from, terms, [...marks, ...terms.tags]);
      const isShipping = terms.value.kind === "free-shipping";
      const document = isShipping ? UPDATE_FREE_SHIPPING : UPDATE_DISCOUNT;
      const answer = await client.request(shop, document, { id, discount }, updated);
      if (!answer.ok) return answer;
      const { userErrors: errors } = answer.value;
      if (errors.length > 0) return success({ refusals: errors.map(toRefusal) });
      const after = await readOne(client, shop, id);
      return after.ok ? success({ seen: after.value }) : after;
    },

    async deleteDiscount(shop, id) {
      const answer = await client.request(shop, DELETE_DISCOUNT, { id }, deleted);
      if (!answer.ok) return answer;
      const { userErrors: errors } = answer.value.discountCodeDelete;
      if (errors.length === 0) return success(null);
      const read = await readMarked(client, shop, [id]);
      if (!read.ok) return read;
      return read.value.has(id) ? failure(refused(errors)) : success(null);
    },
  };
}

async function readOne(
  client: AdminClient,
  shop: ShopDomain,
  id: string,
): Promise<Result<MarkedDiscount, ShopifyProblem>> {
  const read = await readMarked(client, shop, [id]);
  if (!read.ok) return read;
  const found = read.value.get(id);
  return found ? success(found) : failure(notFound());
}

/** What a part of Shopify's path means among our fields; the most telling part comes last. */
const FIELDS: Record<string, TermsField> = {
  title: "title",
  startsAt: "startsOn",
  endsAt: "endsOn",
  usageLimit: "usageLimit",
  minimumRequirement: "minimum",
  recurringCycleLimit: "cycles",
  maximumShippingPrice: "mostShipping",
  tags: "tags",
  context: "segments",
  items: "items",
  value: "value",
  appliesOnOneTimePurchase: "purchases",
  appliesOnSubscription: "purchases",
};

function toRefusal({ field, message }: z.infer<typeof userErrors>[number]): TermsRefusal {
  const known = (field ?? []).flatMap((part) => FIELDS[part] ?? []);
  return { field: known[0] ?? null, message: `Shopify says: ${message.replace(/\.?$/, ".")}` };
}
