import { Box, InlineStack, Pagination } from "@shopify/polaris";
import type { DiscountView } from "./discount-view.server.ts";

/** Codes stand by their text: the way to the page before and the one after. */
export function CodePaging({ id, previous, next }: Pick<DiscountView, "id" | "previous" | "next">) {
  if (!previous && !next) return null;
  const to = (side: "before" | "after", code: string | null) =>
    code && `/app/discounts/${id}?${new URLSearchParams({ [side]: code })}`;
  const previousUrl = to("before", previous);
  const nextUrl = to("after", next);
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack align="center">
        <Pagination
          accessibilityLabel="Pages of codes"
          hasPrevious={previousUrl !== null}
          hasNext={nextUrl !== null}
          {...(previousUrl && { previousURL: previousUrl })}
          {...(nextUrl && { nextURL: nextUrl })}
        />
      </InlineStack>
    </Box>
  );
}
