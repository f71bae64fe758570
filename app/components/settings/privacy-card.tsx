import { Banner, BlockStack, Button, ButtonGroup, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { PrivacyRow } from "./privacy-view.server.ts";
import { useDownload } from "../use-download.ts";

/** The privacy requests Shopify has passed on, and what was done. */
export function PrivacyCard({ rows }: { rows: PrivacyRow[] }) {
  const { start, loading, problem } = useDownload();
  const columns: Column<PrivacyRow>[] = [
    { title: "Received", cell: ({ receivedAt }) => receivedAt },
    { title: "Request", cell: ({ asked }) => asked },
    { title: "What was done", cell: ({ outcome }) => outcome, wide: true },
    { title: "Done", cell: ({ doneAt }) => doneAt, phoneLabel: "Done" },
    {
      title: "Download",
      cell: ({ id, hasExport, receivedAt }) =>
        hasExport && <Files id={id} of={receivedAt} start={start} loading={loading} />,
    },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Privacy
        </Text>
        <Text as="p">
          No names, addresses or plain e-mail addresses are kept. A fingerprint of the
          customer&apos;s e-mail address is kept until impact.com has settled the order.
        </Text>
        {rows.some(({ hasExport }) => hasExport) && (
          <Text as="p" tone="subdued">
            The JSON file holds everything. The CSV file holds orders and their items, without
            refunds and reports.
          </Text>
        )}
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            Shopify has passed on no privacy request yet.
          </Text>
        ) : (
          <RecordTable label="Privacy requests" columns={columns} rows={rows} />
        )}
      </BlockStack>
    </Card>
  );
}

interface FilesProps {
  id: string;
  of: string;
  start: (address: string) => void;
  loading: string | null;
}

function Files({ id, of, start, loading }: FilesProps) {
  return (
    <ButtonGroup>
      {(["csv", "json"] as const).map((format) => {
        const address = `/app/settings/export/${id}?format=${format}`;
        const name = format.toUpperCase();
        return (
          <Button
            key={format}
            variant="plain"
            onClick={() => start(address)}
            loading={loading === address}
            accessibilityLabel={`Download the ${name} of the request of ${of}`}
          >
            {name}
          </Button>
        );
      })}
    </ButtonGroup>
  );
}
