import { Link } from "@remix-run/react";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { ordersUrl, type OrderQuery } from "./order-query.ts";
import { ORDER_STATES } from "./order-states.ts";
import styles from "./state-tabs.module.css";

interface Props {
  counts: Record<OrderState, number>;
  query: OrderQuery;
}

/** Links look like Polaris' tabs, and stand where they are before the page's script has measured. */
export function StateTabs({ counts, query }: Props) {
  const { reason } = query;
  const urlOf = (state: OrderState | null) => ordersUrl({ ...query, state, reason: null });
  const all = ORDER_STATES.reduce((sum, { state }) => sum + counts[state], 0);
  const tabs = ORDER_STATES.map(({ state, label }) => ({
    url: urlOf(state),
    label,
    count: counts[state],
    isChosen: reason === null && query.state === state,
  }));
  const isAll = reason === null && query.state === null;
  const first = { url: urlOf(null), label: "All", count: all, isChosen: isAll };
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
