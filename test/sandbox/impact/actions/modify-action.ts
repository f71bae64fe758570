import { proportion, readDecimal, spread, toMinor } from "../money.ts";
import type { ItemChange, Modification } from "./read-modification.ts";
import { malformed } from "../crediting/refuse.ts";
import type { Rules } from "../rules.ts";
import { exchangeBack } from "../exchange.ts";
import type { Account, Action, ActionItem, Outcome } from "../state.ts";

/**
 * Sets quantities and amounts as a PUT asks. It names no currency: `changedAmounts` chooses one.
 * A SKU the action lacks is refused: "no new data points can be added" (impact.md §2.4).
 */
export function modifyAction(
  account: Account,
  action: Action,
  modification: Modification,
  now: Date,
  { emptiedItems, changedAmounts }: Pick<Rules, "emptiedItems" | "changedAmounts">,
): Outcome | null {
  const read = (amount: string) =>
    changedAmounts === "order's currency"
      ? toMinor(readDecimal(amount), action.currency)
      : exchangeBack(account, toMinor(readDecimal(amount), account.currency), action.currency);
  const changes = modification.items.map((change) => ({
    change,
    item: action.items.find(({ sku }) => sku === change.sku),
  }));
  const unknown = changes.find(({ item }) => item === undefined);
  if (unknown !== undefined)
    return malformed("NO_ITEM", `${action.id} has no item ${unknown.change.sku}`);

  if (modification.amount !== null) setTotal(action, read(modification.amount));
  for (const { change, item } of changes) {
    if (item === undefined) continue;
    changeItem(item, change, read);
    item.adjustment = { at: now, reason: modification.reason };
  }
  const left = action.items.filter(({ quantity }) => quantity > 0);
  if (emptiedItems === "gone" && left.length > 0) action.items = left;
  if (modification.customerStatus !== null) action.customerStatus = modification.customerStatus;
  return null;
}

function setTotal(action: Action, total: number): void {
  const amounts = action.items.map((item) => item.amountMinor);
  const weights = amounts.some((minor) => minor > 0) ? amounts : amounts.map(() => 1);
  for (const [index, part] of spread(total, weights).entries()) {
    const item = action.items[index];
    if (item !== undefined) state(item, part);
  }
}

function changeItem(item: ActionItem, change: ItemChange, minor: (text: string) => number): void {
  if (change.category !== null) item.category = change.category;
  if (change.quantity !== null) {
    const { amountMinor, quantity } = item.stated;
    item.quantity = change.quantity;
    item.amountMinor = quantity === 0 ? 0 : proportion(amountMinor, change.quantity, quantity);
  }
  if (item.quantity === 0) return;
  if (change.amount !== null) state(item, minor(change.amount));
  if (change.delta !== null) state(item, Math.max(0, item.amountMinor + minor(change.delta)));
}

function state(item: ActionItem, amountMinor: number): void {
  item.amountMinor = amountMinor;
  item.stated = { amountMinor, quantity: item.quantity };
}
