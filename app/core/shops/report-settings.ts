/**
 * What impact.com gets as amount. All are item totals without shipping, and never beside OrderDiscount:
 * net: after discounts, without tax. net-with-tax: after discounts, with tax. gross: before discounts,
 * without tax.
 */
export type AmountBasis = "net" | "net-with-tax" | "gross";

/** When an order is reported: as soon as it is placed, or once it is paid. */
export type ReportWhen = "created" | "paid";

/** What the merchant has chosen; holds for orders that are not reported yet. */
export interface ReportSettings {
  reportWhen: ReportWhen;
  amountBasis: AmountBasis;
}

export const DEFAULT_REPORT_SETTINGS: ReportSettings = {
  reportWhen: "created",
  amountBasis: "net",
};
