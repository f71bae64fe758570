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

/** Batches that have given up: of new codes for a discount, or of changes to codes. */
export function FailedBatchesCard({
  rows,
  retry,
  isBusy,
}: RetryProps & { rows: FailedBatchRow[] }) {
  if (rows.length === 0) return null;
  const columns: Column<FailedBatchRow>[] = [
    {
      title: "Batch",
      phone: "start",
      cell: ({ id, discountId, title }) => (
        <RowLink url={discountId ? `/app/discounts/${discountId}` : `/app/batches/${id}`}>
          {title}
        </RowLink>
      ),
    },
    { title: "Codes", phone: "end", cell: ({ codes }) => codes },
    { title: "What happened", wide: true, cell: ({ problem }) => problem },
    {
      title: "Again",
      cell: ({ id, discountId, title }) =>
        discountId === null ? (
          <Button size="slim" url={`/app/batches/${id}`} accessibilityLabel={`See batch: ${title}`}>
            See batch
          </Button>
        ) : (
          <Button
            size="slim"
            disabled={isBusy}
            accessibilityLabel={`Try discount ${title} again`}
            onClick={() => retry({ intent: "retry-discount", discountId })}
          >
            Try again
          </Button>
        ),
    },
  ];
  return (
    <ProblemCard
      title="Batches that gave up"
      nextStep="Mend what each one says, then try again. What was done stays as it is."
    >
      <RecordTable label="Batches that gave up" columns={columns} rows={rows} />
    </ProblemCard>
  );
}
