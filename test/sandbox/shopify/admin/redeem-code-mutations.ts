import { GraphQLError } from "graphql";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { announceCodes } from "#test/sandbox/shopify/admin/announce-discount.ts";
import { bulkCreationView } from "#test/sandbox/shopify/admin/bulk-creation-view.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import {
  deleteRedeemCodes,
  redeemCodesOf,
  runBulkCreation,
} from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { userError } from "#test/sandbox/shopify/admin/user-error.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import type { BulkCreation } from "#test/sandbox/shopify/state.ts";

const missing = userError(["discountId"], "Code discount does not exist.", "INVALID");

export function discountRedeemCodeBulkAdd(
  context: AdminContext,
  args: { discountId: string; codes: { code: string }[] },
) {
  const { state, shop, jobs, now } = context;
  if (!shop.discounts.has(args.discountId)) return { bulkCreation: null, userErrors: [missing] };
  if (args.codes.length === 0) {
    const blank = userError(["codes"], "Codes can't be blank", "BLANK");
    return { bulkCreation: null, userErrors: [blank] };
  }
  const creation: BulkCreation = {
    id: globalId("DiscountRedeemCodeBulkCreation", takeId(state)),
    discountId: args.discountId,
    createdAt: now,
    rows: args.codes.map(({ code }) => ({ code, redeemCodeId: null, errors: [] })),
    done: false,
  };
  shop.bulkCreations.set(creation.id, creation);
  jobs.start(now, () => {
    runBulkCreation(state, shop, creation);
    const discount = shop.discounts.get(args.discountId);
    const made = creation.rows.flatMap(({ redeemCodeId: id, code }) => (id ? [{ id, code }] : []));
    if (discount) announceCodes(context, "added", discount, made);
  });
  return { bulkCreation: bulkCreationView(context, creation), userErrors: [] };
}

interface BulkDeleteArguments {
  discountId: string;
  ids?: string[] | null;
  search?: string | null;
  savedSearchId?: string | null;
}

function selectorError(args: BulkDeleteArguments) {
  const given = [args.ids, args.search, args.savedSearchId].filter(
    (value) => value !== null && value !== undefined,
  );
  const names = "'ids', 'search' or 'saved_search_id'";
  if (given.length === 0) {
    return userError(null, `Missing expected argument key: ${names}.`, "MISSING_ARGUMENT");
  }
  if (given.length > 1) {
    return userError(null, `Only one of ${names} is allowed.`, "TOO_MANY_ARGUMENTS");
  }
  return args.ids?.length === 0
    ? userError(null, "Something went wrong, please try again.", null)
    : null;
}

export function discountCodeRedeemCodeBulkDelete(context: AdminContext, args: BulkDeleteArguments) {
  const { shop, jobs, now, lastRedeemCodeStays } = context;
  const error = selectorError(args);
  if (error) return { job: null, userErrors: [error] };
  if (!shop.discounts.has(args.discountId)) return { job: null, userErrors: [missing] };
  if (!args.ids) {
    throw new GraphQLError("The Shopify stand-in deletes redeem codes by ids only.");
  }
  const doomed = new Set(args.ids);
  const id = jobs.start(now, () => {
    const [last] = redeemCodesOf(shop, args.discountId);
    const isAll = redeemCodesOf(shop, args.discountId).every((code) => doomed.has(code.id));
    if (lastRedeemCodeStays && isAll && last) doomed.delete(last.id);
    const gone = redeemCodesOf(shop, args.discountId).filter(({ id: codeId }) =>
      doomed.has(codeId),
    );
    deleteRedeemCodes(shop, (code) => code.discountId === args.discountId && doomed.has(code.id));
    const discount = shop.discounts.get(args.discountId);
    if (discount) announceCodes(context, "removed", discount, gone);
  });
  return { job: jobs.find(id), userErrors: [] };
}
