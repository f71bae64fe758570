import { unsavedSentence } from "#app/core/changed-fields.ts";
import { formatMoney } from "#app/core/money.ts";
import { exampleOrder } from "#app/core/shops/example-order.ts";
import type { AmountBasis, ReportSettings, ReportWhen } from "#app/core/shops/report-settings.ts";
import type { ChangedSettings } from "#app/core/shops/save-report-settings.ts";

export type ReportSettingsView = ReturnType<typeof reportSettingsView>;

interface Choice<Value extends string> {
  value: Value;
  label: string;
  helpText: string;
}

/** What was changed while the form stood open, and what saving once more does. */
export function changedSettingsSentence({ fields, now }: ChangedSettings, currency: string) {
  const { reportWhen, amountBasis } = reportSettingsView(now, currency);
  const labels = new Map<string, string>(
    [...reportWhen, ...amountBasis].map(({ value, label }) => [value, label]),
  );
  const said = fields.map((field) => `${NAMES[field]} (now “${labels.get(now[field])}”)`);
  const list = new Intl.ListFormat("en").format(said);
  return unsavedSentence(`These settings were changed after you opened this page: ${list}.`);
}

const NAMES: Record<keyof ReportSettings, string> = {
  reportWhen: "when an order is reported",
  amountBasis: "which amount impact.com gets",
};

/** What was chosen, and each choice with what it means and comes to in the shop's currency. */
export function reportSettingsView(settings: ReportSettings, currency: string) {
  const example = exampleOrder(currency);
  const money = (minor: number) => formatMoney({ minor, currency });
  const { net, "net-with-tax": withTax, gross } = example.amountMinor;
  const amountBasis: Choice<AmountBasis>[] = [
    {
      value: "net",
      label: "After discounts, without tax",
      helpText: `What you earn with the goods. In the example: ${money(net)}.`,
    },
    {
      value: "net-with-tax",
      label: "After discounts, with tax",
      helpText: `What the customer pays for the goods, tax included. In the example: ${money(withTax)}.`,
    },
    {
      value: "gross",
      label: "Before discounts, without tax",
      helpText: `What the goods cost without any code, so that the discount doesn't lower what the partner earns. In the example: ${money(gross)}.`,
    },
  ];
  const { grossMinor, discountMinor, taxMinor } = example;
  return {
    chosen: settings,
    reportWhen: REPORT_WHEN,
    amountBasis,
    example: `Example: an item at ${money(grossMinor)} with ${money(discountMinor)} off and ${money(taxMinor)} tax. Shipping and gift cards are never part of the amount.`,
  };
}

const REPORT_WHEN: Choice<ReportWhen>[] = [
  {
    value: "created",
    label: "As soon as it is placed",
    helpText:
      "impact.com hears of every order at once. One that is never paid is taken back there as soon as it is cancelled or its payment expires.",
  },
  {
    value: "paid",
    label: "Once it is paid",
    helpText:
      "Orders on invoice, by bank transfer or cash on delivery wait until Shopify says that they are paid. After 85 days they can't be reported any more.",
  },
];
