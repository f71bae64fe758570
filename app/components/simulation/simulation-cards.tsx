import { useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import { FlowPicture } from "./flow-picture.tsx";
import type { ExampleRow, SimulationView, StandingRow } from "./simulation-view.server.ts";

const STANDINGS: Column<StandingRow>[] = [
  { title: "Who earns", phone: "start", cell: ({ name }) => name },
  {
    title: "Orders today",
    align: "end",
    phoneLabel: "Orders today",
    cell: (row) => row.ordersToday,
  },
  { title: "Today", align: "end", phoneLabel: "Today", cell: (row) => row.today },
  { title: "Orders then", align: "end", phoneLabel: "Orders then", cell: (row) => row.ordersThen },
  { title: "Then", align: "end", phoneLabel: "Then", cell: (row) => row.then },
  {
    title: "Change",
    align: "end",
    phone: "end",
    cell: ({ change, tone }) => (
      <Text as="span" fontWeight="semibold" {...(tone && { tone })}>
        {change}
      </Text>
    ),
  },
  {
    title: "Commission",
    align: "end",
    phoneLabel: "Commission",
    cell: (row) => row.commission,
  },
];

const EXAMPLES: Column<ExampleRow>[] = [
  {
    title: "Order",
    phone: "start",
    cell: ({ id, name }) => <RowLink url={`/app/orders/${id}`}>{name}</RowLink>,
  },
  { title: "Placed", phone: "end", cell: ({ placedAt }) => placedAt },
  {
    title: "What would move",
    wide: true,
    cell: ({ moves }) => moves.map((move) => <p key={move}>{move}</p>),
  },
];

/** What another rule would have changed: as a sentence, a picture, a table, and orders to open. */
export function SimulationCards({ view }: { view: SimulationView }) {
  const { line, clicks, creditedThere, picture, phonePicture } = view;
  const { standings, total, commission, examples } = view;
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            What would have changed
          </Text>
          <p>{line}</p>
          {creditedThere && <p>{creditedThere}</p>}
          {clicks && <UntoldClicks line={clicks} />}
          {picture && <FlowPicture picture={picture} at="desktop" label={line} />}
          {phonePicture && <FlowPicture picture={phonePicture} at="phone" label={line} />}
          {picture?.note && (
            <Text as="p" tone="subdued">
              {picture.note}
            </Text>
          )}
        </BlockStack>
      </Card>
      {standings.length > 0 && (
        <TableCard title="Who would have earned">
          {total && (
            <Text as="p" fontWeight="semibold">
              {total}
            </Text>
          )}
          <Text as="p" tone="subdued">
            {commission}
          </Text>
          <RecordTable label="Who would have earned" columns={STANDINGS} rows={standings} />
        </TableCard>
      )}
      {examples.length > 0 && (
        <TableCard title="Orders that would move the most">
          <RecordTable label="Orders that would move" columns={EXAMPLES} rows={examples} />
        </TableCard>
      )}
    </>
  );
}

/** What impact.com tells meanwhile is seen by looking again. */
function UntoldClicks({ line }: { line: string }) {
  const { revalidate, state } = useRevalidator();
  return (
    <Banner action={{ content: "Look again", onAction: revalidate, loading: state === "loading" }}>
      <p>{line}</p>
    </Banner>
  );
}

function TableCard({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
