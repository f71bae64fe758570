import { Box, Button, InlineStack } from "@shopify/polaris";

interface Props {
  /** The last batch of the page before; null on the first. */
  after: string | null;
  next: string | null;
}

/** Batches are read onwards: there is a next page, and the way back to the first. */
export function BatchPaging({ after, next }: Props) {
  if (!after && !next) return null;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack align="center" gap="200">
        <Button url="/app/batches" disabled={!after}>
          Newest batches
        </Button>
        <Button url={`/app/batches?after=${next ?? ""}`} disabled={!next}>
          Older batches
        </Button>
      </InlineStack>
    </Box>
  );
}
