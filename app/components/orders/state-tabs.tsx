import { Button, InlineStack } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { ORDER_STATES } from "./order-states.ts";

interface Props {
  counts: Record<OrderState, number>;
  chosen: OrderState | null;
}

/** Links, so that they are there before the page's script is. */
export function StateTabs({ counts, chosen }: Props) {
  const all = ORDER_STATES.reduce((sum, { state }) => sum + counts[state], 0);
  return (
    <nav aria-label="Orders by state">
      <InlineStack gap="100">
        <Tab url="/app/orders" isChosen={chosen === null} label="All" count={all} />
        {ORDER_STATES.map(({ state, label }) => (
          <Tab
            key={state}
            url={`/app/orders?state=${state}`}
            isChosen={chosen === state}
            label={label}
            count={counts[state]}
          />
        ))}
      </InlineStack>
    </nav>
  );
}

interface TabProps {
  url: string;
  isChosen: boolean;
  label: string;
  count: number;
}

function Tab({ url, isChosen, label, count }: TabProps) {
  return (
    <Button url={url} variant="tertiary" pressed={isChosen}>
      {`${label} (${count})`}
    </Button>
  );
}
