import { Box, Button, Link, Text } from "@shopify/polaris";
import { None } from "../none.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import { ProblemCard } from "./problem-card.tsx";
import type { FailedOrderRow, GroupView } from "./problems-view.server.ts";
import type { RetryProps } from "./retry.ts";

/** Orders of one reason that need the merchant, the newest of them with a button each. */
export function FailedGroupCard({ group, retry, isBusy }: RetryProps & { group: GroupView }) {
  const { reason, title, orders, worth, stake, nextStep, retryable, allUrl, rows } = group;
  const count = orders === 1 ? "1 order" : `${orders} orders`;
  const again = (
    <Button disabled={isBusy} onClick={() => retry({ intent: "retry-reason", reason })}>
      {orders === 1 ? "Try again" : `Try ${retryable} again`}
    </Button>
  );
  return (
    <ProblemCard
      title={title}
      facts={[`${count} · ${worth}`, ...(stake ? [stake] : [])]}
      nextStep={nextStep}
      action={retryable > 0 && again}
    >
      <RecordTable label={title} columns={columns({ retry, isBusy })} rows={rows} />
      {orders > rows.length && (
        <Box padding="300">
          <Text as="p" alignment="center">
            <Link url={allUrl}>{`See all ${orders} orders`}</Link>
          </Text>
        </Box>
      )}
    </ProblemCard>
  );
}

function columns({ retry, isBusy }: RetryProps): Column<FailedOrderRow>[] {
  return [
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
    { title: "Partner", phoneLabel: "Partner", cell: ({ partner }) => partner ?? <None /> },
    { title: "Ordered", align: "end", phone: "end", cell: ({ amount }) => amount },
    {
      title: "What happened",
      wide: true,
      cell: ({ why }) => (
        <Text as="p" tone="subdued">
          {why}
        </Text>
      ),
    },
    {
      title: "Again",
      cell: ({ id, name, canRetry }) =>
        canRetry && (
          <Button
            size="slim"
            disabled={isBusy}
            accessibilityLabel={`Try order ${name} again`}
            onClick={() => retry({ intent: "retry-order", orderId: id })}
          >
            Try again
          </Button>
        ),
    },
  ];
}
