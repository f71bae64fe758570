import type { PageProps } from "@shopify/polaris";
import type { DiscountView } from "./discount-view.server.ts";
import type { Ending } from "./end-discount-modal.tsx";

interface Given {
  onEnd: (ending: Ending) => void;
  onActivate: () => void;
}

/** What a merchant may do with a discount; one that is gone from Shopify only shows its history. */
export function pageActions(
  { id, shopifyId, terms, life }: Pick<DiscountView, "id" | "shopifyId" | "terms" | "life">,
  { onEnd, onActivate }: Given,
): Pick<PageProps, "primaryAction" | "secondaryActions" | "actionGroups"> {
  if (life.isDeleted) return {};
  const hasEnded = terms.phase === "ended" || terms.phase === "deactivated";
  const changes = [
    ...(life.canEdit ? [{ content: "Edit", url: `/app/discounts/${id}/edit` }] : []),
    ...(terms.phase === "running" ? [] : [{ content: "Activate", onAction: onActivate }]),
    ...(hasEnded ? [] : [{ content: "Deactivate", onAction: () => onEnd("deactivate") }]),
    { content: "Delete", destructive: true, onAction: () => onEnd("delete") },
    { content: "View in Shopify", url: `shopify:admin/discounts/${shopifyId ?? ""}` },
  ];
  // Codes of a discount that is over work for nobody.
  const more = hasEnded ? [] : [{ content: "Upload codes", url: `/app/discounts/${id}/upload` }];
  return {
    primaryAction: hasEnded
      ? wayBack({ id, terms, life }, onActivate)
      : { content: "Add codes", url: `/app/discounts/${id}/draw` },
    secondaryActions: [
      ...more,
      { content: "Change codes", url: `/app/codes/change?discount=${id}` },
      { content: "Hand out codes", url: `/app/hand-outs?discount=${id}` },
    ],
    ...(life.isThere && { actionGroups: [{ title: "Discount", actions: changes }] }),
  };
}

/** A deactivated one runs until the end it had before; one that ran out is given another. */
function wayBack(
  { id, terms, life }: Pick<DiscountView, "id" | "terms" | "life">,
  onActivate: () => void,
): NonNullable<PageProps["primaryAction"]> | undefined {
  if (!life.isThere) return undefined;
  return terms.phase === "ended" && life.canEdit
    ? { content: "Give it a later end", url: `/app/discounts/${id}/edit` }
    : { content: "Activate", onAction: onActivate };
}
