import { Button, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { None } from "../none.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import { ProblemCard } from "./problem-card.tsx";
import type { FailedBatchRow, FailedCodeRow } from "./problems-view.server.ts";
import type { RetryProps } from "./retry.ts";

/** Codes that one of the two sides has refused. */
export function FailedCodesCard({ rows, retry, isBusy }: RetryProps & { rows: FailedCodeRow[] }) {
  if (rows.length === 0) return null;
  const columns: Column<FailedCodeRow>[] = [
    {
      title: "Code",
      phone: "start",
      cell: ({ code, what }) => (
        <>
          <Text as="span" fontWeight="semibold">
            <CodeText>{code}</CodeText>
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {what}
          </Text>
        </>
      ),
    },
    { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? <None /> },
    { title: "What happened", wide: true, cell: ({ problem }) => problem },
    {
      title: "Again",
      cell: ({ id, code }) => (
        <Button
          size="slim"
          disabled={isBusy}
          accessibilityLabel={`Try code ${code} again`}
          onClick={() => retry({ intent: "retry-code", codeId: id })}
        >
          Try again
        </Button>
      ),
    },
  ];
  return (
    <ProblemCard
      title="Codes that failed"
      facts={[rows.length === 1 ? "1 code" : `${rows.length} codes`]}
      nextStep="Orders with a code that isn't registered wait for it. Mend what each one says, then try again."
    >
      <RecordTable label="Codes that failed" columns={columns} rows={rows} />
    </ProblemCard>
  );
}

/** Discounts whose codes Shopify has stopped making. */
export function FailedBatchesCard({
  rows,
  retry,
  isBusy,
}: RetryProps & { rows: FailedBatchRow[] }) {
  if (rows.length === 0) return null;
  const columns: Column<FailedBatchRow>[] = [
    {
      title: "Discount",
      phone: "start",
      cell: ({ id, title }) => <RowLink url={`/app/discounts/${id}`}>{title}</RowLink>,
    },
    { title: "Codes", phone: "end", cell: ({ codes }) => codes },
    { title: "What happened", wide: true, cell: ({ problem }) => problem },
    {
      title: "Again",
      cell: ({ id, title }) => (
        <Button
          size="slim"
          disabled={isBusy}
          accessibilityLabel={`Try discount ${title} again`}
          onClick={() => retry({ intent: "retry-discount", discountId: id })}
        >
          Try again
        </Button>
      ),
    },
  ];
  return (
    <ProblemCard
      title="Discounts whose codes were not made"
      nextStep="Mend what each one says, then try again. Codes that were made stay as they are."
    >
      <RecordTable label="Discounts whose codes were not made" columns={columns} rows={rows} />
    </ProblemCard>
  );
}
