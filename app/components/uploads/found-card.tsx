import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import type { UploadView } from "./upload-view.server.ts";

/** What a file would bring, what it leaves as it is, and the button that makes its codes. */
export function FoundCard(props: { view: UploadView; isBusy: boolean; onTake: () => void }) {
  const { view, isBusy, onTake } = props;
  const number = (count: number) => count.toLocaleString("en-US");
  const codes = view.new === 1 ? "1 code" : `${number(view.new)} codes`;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Found in the file
        </Text>
        <Facts
          facts={[
            { term: "Rows", value: number(view.rows) },
            { term: "New codes", value: number(view.new) },
            { term: "Already yours", value: number(view.yours) },
            { term: "Of those unchanged", value: number(view.yoursUnchanged) },
            { term: "Wrong", value: number(view.wrong) },
          ]}
        />
        {notesOf(view).map((note) => (
          <Text key={note} as="p" tone="subdued">
            {note}
          </Text>
        ))}
        <InlineStack>
          <Button variant="primary" onClick={onTake} loading={isBusy} disabled={view.new === 0}>
            {view.new === 0 ? "Nothing new to make" : `Make ${codes}`}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function notesOf(view: UploadView): string[] {
  const { hasStart, hasEnd, hasReach, keptUntil } = view;
  return [
    hasStart &&
      "Orders with a code are its partner's from its start on. One that starts later is made in Shopify at its start, by a batch that waits for it: until then nobody can use it.",
    hasEnd &&
      "A code with an end of its own is retired then: it goes from Shopify, and its registration at impact.com ends at that moment. A later end than its discount's changes nothing.",
    hasReach &&
      "A code's reach is registered with it: a partner with “involved” or “winner” earns nothing by an order without a click of theirs.",
    ...view.inShopify,
    ...view.atImpact,
    `What was read is kept until ${keptUntil}.`,
  ].filter((note) => note !== false);
}
