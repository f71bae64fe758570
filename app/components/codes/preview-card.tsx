import { Badge, BlockStack, Box, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { PreviewRow, PreviewView } from "./unassigned-view.server.ts";

const COLUMNS: Column<PreviewRow>[] = [
  {
    title: "Order",
    phone: "start",
    cell: ({ id, name, placedAt }) => (
      <>
        <RowLink url={`/app/orders/${id}`}>{name}</RowLink>
        <Text as="p" tone="subdued" variant="bodySm">
          {placedAt}
        </Text>
      </>
    ),
  },
  { title: "For impact.com", align: "end", phone: "end", cell: ({ amount }) => amount },
  {
    title: "What happens",
    wide: true,
    cell: ({ effect, isChange, partner }) => (
      <InlineStack gap="200">
        {isChange ? <Badge tone="success">{effect}</Badge> : <Badge>{effect}</Badge>}
        {partner && <Text as="span" tone="subdued">{`Earned by ${partner}`}</Text>}
      </InlineStack>
    ),
  },
];

interface Props {
  code: string;
  partner: string;
  preview: PreviewView;
  /** Why the code is easily guessed. */
  warning: string | null;
  isBusy: boolean;
  onConfirm: () => void;
}

/** What assigning the code changes, and the one button that does it. */
export function PreviewCard({ code, partner, preview, warning, isBusy, onConfirm }: Props) {
  const { sums, rows, from, earning, more } = preview;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {`What changes if ${code} is ${partner}'s since ${from}`}
          </Text>
          {sums.length === 0 ? (
            <p>No order in the ledger carries this code. Coming ones will be the partner's.</p>
          ) : (
            <List>
              {sums.map(({ id, text, isChange }) => (
                <List.Item key={id}>
                  <Text as="span" fontWeight={isChange ? "semibold" : "regular"}>
                    {text}
                  </Text>
                </List.Item>
              ))}
            </List>
          )}
          {more && <Text as="p">{more}</Text>}
          {warning && (
            <Text as="p" tone="caution">
              {`Easy to guess: ${warning}`}
            </Text>
          )}
          <Text as="p" tone="subdued">
            The code is registered at impact.com first, and then its orders are reported. impact.com
            decides what it credits; each order's page shows how that ended.
          </Text>
          <InlineStack>
            <Button variant="primary" loading={isBusy} onClick={onConfirm}>
              {earning > 0 ? `Assign and report ${earning}` : "Assign the code"}
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
      {rows.length > 0 && (
        <RecordTable label="Orders with the code" columns={COLUMNS} rows={rows} />
      )}
    </Card>
  );
}
