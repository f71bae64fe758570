import { Box, InlineStack, Pagination } from "@shopify/polaris";

interface Props {
  /** "Pages of codes": what a screen reader calls the two buttons. */
  label: string;
  /** Null where there is no such page. */
  previousUrl: string | null;
  nextUrl: string | null;
}

/** The ways to the page before and the one after, at the foot of a list's card; nothing for a list of one page. */
export function ListPaging({ label, previousUrl, nextUrl }: Props) {
  if (previousUrl === null && nextUrl === null) return null;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack align="center">
        <Pagination
          accessibilityLabel={label}
          hasPrevious={previousUrl !== null}
          hasNext={nextUrl !== null}
          {...(previousUrl !== null && { previousURL: previousUrl })}
          {...(nextUrl !== null && { nextURL: nextUrl })}
        />
      </InlineStack>
    </Box>
  );
}
