import type { Amounts } from "../state.ts";

export function totalOf(items: readonly Amounts[]): Amounts {
  return items.reduce(
    (sum, item) => ({
      amountMinor: sum.amountMinor + item.amountMinor,
      payoutMinor: sum.payoutMinor + item.payoutMinor,
    }),
    { amountMinor: 0, payoutMinor: 0 },
  );
}
