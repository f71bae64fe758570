import { Link } from "@remix-run/react";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { ORDER_STATES } from "./order-states.ts";
import styles from "./state-tabs.module.css";

interface Props {
  counts: Record<OrderState, number>;
  chosen: OrderState | null;
}

/** Links look like Polaris' tabs, and stand where they are before the page's script has measured. */
export function StateTabs({ counts, chosen }: Props) {
  const all = ORDER_STATES.reduce((sum, { state }) => sum + counts[state], 0);
  const tabs = ORDER_STATES.map(({ state, label }) => ({
    url: `/app/orders?state=${state}`,
    label,
    count: counts[state],
    isChosen: chosen === state,
  }));
  const first = { url: "/app/orders", label: "All", count: all, isChosen: chosen === null };
  return (
    <nav aria-label="Orders by state" className={styles["tabs"]}>
      {[first, ...tabs].map(({ url, label, count, isChosen }) => (
        <Link key={url} to={url} aria-current={isChosen ? "page" : undefined}>
          {label} <span className={styles["count"]}>{count}</span>
        </Link>
      ))}
    </nav>
  );
}
