import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { DifferenceView, GroupView } from "./differences-view.server.ts";
import type { AllOfKind } from "./repair-all-modal.tsx";

export interface RepairProps {
  isBusy: boolean;
  /** All of them are being repaired, one after the other. */
  isFollowed: boolean;
  repair: (fields: { kind: string; subject: string; repair: string }) => void;
  askForAll: (all: AllOfKind) => void;
}

/** All differences of one kind, each with what one click does about it. */
export function GroupCard({ group, ...repairing }: RepairProps & { group: GroupView }) {
  const { title, meaning, count, rows } = group;
  const { isFollowed } = repairing;
  const more = count > rows.length ? ` The first ${rows.length} are shown.` : "";
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <InlineStack gap="200" blockAlign="center">
              <Text as="h2" variant="headingMd">
                {title}
              </Text>
              <Badge tone="attention">{count.toLocaleString("en-US")}</Badge>
              {isFollowed && <Badge tone="info">Being repaired</Badge>}
            </InlineStack>
            {count > 1 && <ForAll group={group} {...repairing} />}
          </InlineStack>
          <Text as="p" tone="subdued">
            {meaning}
            {more}
          </Text>
        </BlockStack>
      </Box>
      <RecordTable label={title} columns={columnsFor(group, repairing)} rows={rows} />
    </Card>
  );
}

function ForAll({ group, isBusy, askForAll }: RepairProps & { group: GroupView }) {
  const { kind, title, count } = group;
  return (
    <InlineStack gap="200">
      {group.repairs.map((one) => (
        <Button
          key={one.repair}
          size="slim"
          disabled={isBusy}
          accessibilityLabel={`${one.label}, all of: ${title}`}
          onClick={() => askForAll({ kind, count, ...one })}
        >
          {`${one.label}: all`}
        </Button>
      ))}
    </InlineStack>
  );
}

function columnsFor({ kind }: GroupView, repairing: RepairProps): Column<DifferenceView>[] {
  return [
    { title: "What", phone: "start", cell: (row) => <Subject row={row} /> },
    { title: "Difference", wide: true, cell: (row) => <Difference row={row} /> },
    { title: "Repair", cell: (row) => <Repairs row={row} kind={kind} {...repairing} /> },
  ];
}

function Subject({ row }: { row: DifferenceView }) {
  return (
    <>
      <Text as="span" fontWeight="semibold">
        {row.isCode ? <CodeText>{row.title}</CodeText> : row.title}
      </Text>
      <Text as="p" tone="subdued" variant="bodySm">
        {row.partner ?? `Found ${row.foundAt}`}
      </Text>
    </>
  );
}

function Difference({ row }: { row: DifferenceView }) {
  return (
    <BlockStack gap="100">
      <Text as="p">{row.sentence}</Text>
      {row.problem && (
        <Text as="p" tone="critical">
          {`The repair failed: ${row.problem}`}
        </Text>
      )}
      {row.link && <RowLink url={row.link.url}>{row.link.text}</RowLink>}
    </BlockStack>
  );
}

/** What a click does stands beside it. */
function Repairs({
  row,
  kind,
  isBusy,
  repair,
}: RepairProps & { row: DifferenceView; kind: string }) {
  return (
    <BlockStack gap="300">
      {row.repairs.map((one) => (
        <BlockStack key={one.repair} gap="100" inlineAlign="start">
          <Button
            size="slim"
            disabled={isBusy}
            accessibilityLabel={`${one.label}: ${row.title}`}
            onClick={() => repair({ kind, subject: row.subject, repair: one.repair })}
          >
            {one.label}
          </Button>
          {one.effects.map((effect) => (
            <Text key={effect} as="p" tone="subdued" variant="bodySm">
              {effect}
            </Text>
          ))}
        </BlockStack>
      ))}
    </BlockStack>
  );
}
