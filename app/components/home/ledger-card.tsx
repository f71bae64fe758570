import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { LedgerBar } from "../ledger/ledger-bar.tsx";
import { Closing } from "../ledger/ledger-card.tsx";
import type { LedgerView } from "../ledger/ledger-view.server.ts";

/** The last 30 days in one line and one picture. */
export function LedgerCard({ ledger }: { ledger: LedgerView }) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Orders of the last 30 days
          </Text>
          <Button variant="plain" url="/app/ledger">
            See the ledger
          </Button>
        </InlineStack>
        <p>{ledger.line}</p>
        <LedgerBar parts={ledger.parts} line={ledger.line} />
        <Closing {...ledger} />
      </BlockStack>
    </Card>
  );
}
