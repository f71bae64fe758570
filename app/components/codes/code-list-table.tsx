import { Button, Checkbox, InlineStack, Link, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { CopyButton } from "../discounts/copy-button.tsx";
import { None } from "../none.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ListedRow } from "./code-list-view.server.ts";
import { ImpactStateBadge, ShopifyStateBadge } from "./code-state-badges.tsx";
import { assignUrl } from "./unassigned-table.tsx";

interface Props {
  rows: ListedRow[];
  /** They are nobody's: each leads to where it is assigned. */
  isNobodys: boolean;
  isPicked: (id: string) => boolean;
  onToggle: (id: string) => void;
}

export function CodeListTable({ rows, isNobodys, isPicked, onToggle }: Props) {
  const code: Column<ListedRow> = {
    title: "Code",
    phone: "start",
    cell: ({ id, code }) => (
      <InlineStack gap="100" blockAlign="center" wrap={false}>
        <Checkbox
          label={`Select code ${code}`}
          labelHidden
          checked={isPicked(id)}
          onChange={() => onToggle(id)}
        />
        <Text as="span" fontWeight="semibold">
          <CodeText>{code}</CodeText>
        </Text>
        <CopyButton text={code} label={`Copy code ${code}`} />
      </InlineStack>
    ),
  };
  const hasProblem = rows.some(({ problem }) => problem !== null);
  const owner = isNobodys ? ASSIGN : PARTNER;
  const columns = [code, owner, ...STATES, ...(hasProblem ? [PROBLEM] : [])];
  return <RecordTable label="Codes" columns={columns} rows={rows} />;
}

const PARTNER: Column<ListedRow> = {
  title: "Partner",
  phone: "end",
  cell: ({ partner }) => partner ?? "No partner",
};

const ASSIGN: Column<ListedRow> = {
  title: "Whose is it?",
  phone: "end",
  cell: ({ code }) => (
    <Button size="slim" url={assignUrl(code)} accessibilityLabel={`Assign code ${code}`}>
      Assign
    </Button>
  ),
};

const STATES: Column<ListedRow>[] = [
  {
    title: "Discount",
    phoneLabel: "Discount",
    cell: ({ discountId, discount }) => (
      <Link url={`/app/discounts/${discountId}`}>{discount || "Untitled"}</Link>
    ),
  },
  {
    title: "Shopify",
    phoneLabel: "Shopify",
    cell: ({ shopify }) => <ShopifyStateBadge state={shopify} />,
  },
  {
    title: "impact.com",
    phoneLabel: "impact.com",
    cell: ({ impact, isInFile }) =>
      impact && <ImpactStateBadge state={impact} isInFile={isInFile} />,
  },
  { title: "Made", phoneLabel: "Made", whole: true, cell: ({ made }) => made },
  {
    title: "Last used",
    phoneLabel: "Last used",
    whole: true,
    cell: ({ lastUsed }) => lastUsed ?? <None />,
  },
];

const PROBLEM: Column<ListedRow> = {
  title: "Problem",
  cell: ({ problem }) =>
    problem && (
      <Text as="p" tone="critical">
        {problem}
      </Text>
    ),
};
