import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { ListPaging } from "../list-paging.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { HistoryView } from "./history-view.server.ts";

type Row = HistoryView["rows"][number];

const COLUMNS: Column<Row>[] = [
  {
    title: "For",
    phone: "start",
    cell: ({ subject }) => (
      <Text as="span" fontWeight="semibold">
        {subject}
      </Text>
    ),
  },
  { title: "Rule", cell: ({ rule }) => rule },
  { title: "From", phoneLabel: "From", cell: ({ from }) => from },
  { title: "Until", phoneLabel: "Until", cell: ({ until }) => until ?? "Still in force" },
];

/** Where the pages of the history come out. */
const PLACE = "earlier-rules";

/** Every rule that decides orders or did, for whoever asks why an order of then went where it went. */
export function HistoryCard({ history: { rows, previous, next } }: { history: HistoryView }) {
  return (
    <div id={PLACE}>
      <Card padding="0">
        <Box padding="400">
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Rules then and now
            </Text>
            <p>
              An order is judged by the rules in force when it was placed. No later change touches
              it.
            </p>
            {rows.length === 0 && (
              <Text as="p" tone="subdued">
                Nothing has been changed yet. Every change will stand here, with its time.
              </Text>
            )}
          </BlockStack>
        </Box>
        {rows.length > 0 && (
          <RecordTable label="Rules then and now" columns={COLUMNS} rows={rows} />
        )}
        <ListPaging
          label="Pages of rules then and now"
          previousUrl={urlOf(previous)}
          nextUrl={urlOf(next)}
        />
      </Card>
    </div>
  );
}

function urlOf(page: number | null): string | null {
  return page === null ? null : `/app/rules?history=${page}#${PLACE}`;
}
