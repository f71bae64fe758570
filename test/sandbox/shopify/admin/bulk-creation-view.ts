import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { discountNodeView, redeemCodeView } from "#test/sandbox/shopify/admin/discount-view.ts";
import { codeKey } from "#test/sandbox/shopify/admin/redeem-code-problem.ts";
import { userError } from "#test/sandbox/shopify/admin/user-error.ts";
import type { BulkCreation } from "#test/sandbox/shopify/state.ts";

type Row = BulkCreation["rows"][number];

function rowView(context: AdminContext, row: Row) {
  const redeemCode = context.shop.codes.get(codeKey(row.code));
  return {
    code: row.code,
    // shopify.md §2 expects an error code here; a recorded reply (2026-04) had the message alone.
    errors: row.errors.map(({ code, message }) =>
      userError(["code"], message, context.redeemCodeErrorsCarryCode ? code : null),
    ),
    discountRedeemCode:
      redeemCode && redeemCode.id === row.redeemCodeId ? redeemCodeView(redeemCode) : null,
  };
}

/** DiscountRedeemCodeBulkCreation; nothing is counted before its job has run. */
export function bulkCreationView(context: AdminContext, creation: BulkCreation) {
  const { rows } = creation;
  const discount = context.shop.discounts.get(creation.discountId);
  const placed = rows.map((row, index) => ({ item: row, id: String(index), value: index }));
  return {
    id: creation.id,
    done: creation.done,
    createdAt: creation.createdAt,
    codesCount: rows.length,
    importedCount: rows.filter((row) => row.redeemCodeId !== null).length,
    failedCount: rows.filter((row) => row.errors.length > 0).length,
    discountCode: discount ? discountNodeView(context, discount) : null,
    codes: (args: PageArguments) => connection(placed, args, (row) => rowView(context, row)),
  };
}
