import { BlockStack, Box, Button, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { RuleView } from "./rule-view.server.ts";

type Silenced = RuleView["clicksLost"][number];

const COLUMNS: Column<Silenced>[] = [
  { title: "Partner", wide: true, phone: "start", cell: ({ name }) => name },
  {
    title: "Codes",
    align: "end",
    phone: "end",
    cell: ({ name, url }) => (
      <Button variant="plain" url={url} accessibilityLabel={`Show the codes of ${name}`}>
        Show codes
      </Button>
    ),
  },
];

/** Registrations that contradict a rule by which clicks earn: why there is no button for them, and what to do. */
export function SilencedCard({ partners, isCut }: { partners: Silenced[]; isCut: boolean }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Partners whose clicks win nothing
          </Text>
          <p>
            A rule of yours lets clicks earn, but these partners have codes registered with ALWAYS,
            and so impact.com tracks no clicks of theirs. Such codes can't be registered anew with
            INVOLVED or WINNER here: an order with one of them and no click of its partner's would
            then pay nobody, and earlier orders that are still to be reported might not be paid
            either.
          </p>
          <p>
            Where a partner's clicks are to count, retire these codes, which lets such orders go
            first, and upload other codes with the reach “involved”.
          </p>
          {isCut && <p>These are the first {partners.length}.</p>}
        </BlockStack>
      </Box>
      <RecordTable label="Partners whose clicks win nothing" columns={COLUMNS} rows={partners} />
    </Card>
  );
}
