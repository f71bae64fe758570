export interface ItemChange {
  sku: string;
  /** The new absolute quantity. */
  quantity: number | null;
  /** The new final line amount. */
  amount: string | null;
  /** Added to the line amount, negative to take away. */
  delta: string | null;
  category: string | null;
}

export interface Modification {
  reason: string;
  customerStatus: string | null;
  /** The order's new total; null when items are changed. */
  amount: string | null;
  items: ItemChange[];
}

/** The first item's fields bear no number, the others do: Sku, Sku2, Sku3 … (v14). */
export function readModification(form: URLSearchParams): Modification {
  const numbers = [...form.keys()].flatMap((name) => {
    const number = /^Sku(\d*)$/.exec(name)?.[1];
    return number === undefined ? [] : [number];
  });
  const quantity = (number: string) => form.get(`Quantity${number}`);
  return {
    reason: form.get("Reason") ?? "",
    customerStatus: form.get("CustomerStatus"),
    amount: numbers.includes("") ? null : form.get("Amount"),
    items: numbers.map((number) => ({
      sku: form.get(`Sku${number}`) ?? "",
      quantity: quantity(number) === null ? null : Number(quantity(number)),
      amount: form.get(`Amount${number}`),
      delta: form.get(`ItemSubTotalDelta${number}`),
      category: form.get(`Category${number}`),
    })),
  };
}
