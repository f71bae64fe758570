import { Banner, BlockStack, Card, InlineStack, SkeletonBodyText, Text } from "@shopify/polaris";
import { LedgerBar } from "./ledger-bar.tsx";
import { BEYOND_REACH, closedText } from "./ledger-line.ts";
import type { LedgerView } from "./ledger-view.server.ts";

/** The period's orders in one line and one picture, and whether the sum closes. */
export function LedgerCard({ ledger, isLoading }: { ledger: LedgerView; isLoading: boolean }) {
  if (isLoading) {
    return (
      <Card>
        <SkeletonBodyText lines={4} />
      </Card>
    );
  }
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            {ledger.line}
          </Text>
          <Text as="p" tone="subdued">
            {ledger.span}
          </Text>
        </InlineStack>
        {!ledger.isEmpty && <LedgerBar parts={ledger.parts} line={ledger.line} />}
        <Closing {...ledger} />
      </BlockStack>
    </Card>
  );
}

/** Whether every order is accounted for, and if not, what happens next. */
export function Closing(ledger: LedgerView) {
  const { isClosed, unasked, notHere, noLongerThere, fetching, check } = ledger;
  if (unasked !== null) {
    return (
      <Banner tone="info" title="Not compared with Shopify’s own count">
        <p>{unasked}</p>
      </Banner>
    );
  }
  if (isClosed) return <Text as="p">{closedText(ledger)}</Text>;
  if (notHere > 0) {
    const next = check.state === "beyond" ? BEYOND_REACH : "The next check takes them in.";
    const now = fetching > 0 ? ` ${fetching} being fetched now.` : ` ${next}`;
    return (
      <Text as="p">
        {notHere === 1 ? "1 order has" : `${notHere} orders have`} not come from Shopify yet.{now}
      </Text>
    );
  }
  return (
    <Text as="p">
      {noLongerThere === 1 ? "1 order here is" : `${noLongerThere} orders here are`} no longer
      counted by Shopify. The daily check finds out which were deleted.
    </Text>
  );
}
