import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { listOf, textOf } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { Json } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

const TYPES: Record<string, string> = {
  automatic: "AutomaticDiscountApplication",
  discount_code: "DiscountCodeApplication",
  manual: "ManualDiscountApplication",
  script: "ScriptDiscountApplication",
};

function enumOf(application: Json, key: string): string | null {
  return textOf(application, key)?.toUpperCase() ?? null;
}

/** DiscountApplication: only one made by a code has `code`, the others have a title. */
export function discountApplicationView(application: Json, index: number) {
  const type = TYPES[String(application["type"])] ?? "DiscountCodeApplication";
  return {
    __typename: type,
    index,
    allocationMethod: enumOf(application, "allocation_method"),
    targetSelection: enumOf(application, "target_selection"),
    targetType: enumOf(application, "target_type"),
    ...(type === "DiscountCodeApplication"
      ? { code: textOf(application, "code") }
      : { title: textOf(application, "title") }),
    ...(type === "ManualDiscountApplication" && {
      description: textOf(application, "description"),
    }),
  };
}

export function discountApplicationsView(order: StoredOrder, args: PageArguments) {
  const placed = listOf(order.payload, "discount_applications").map((item, index) => ({
    item: { item, index },
    id: String(index),
    value: index,
  }));
  return connection(placed, args, ({ item, index }) => discountApplicationView(item, index));
}
