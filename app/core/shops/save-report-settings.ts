import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { AmountBasis, ReportSettings, ReportWhen } from "./report-settings.ts";

export interface SettingProblem {
  field: keyof ReportSettings;
  /** Says what to do. */
  message: string;
}

/**
 * Saves what the merchant has chosen, for orders that have no conversion yet. Orders that waited to
 * be paid are decided again where that is no longer waited for.
 */
export async function saveReportSettings(
  { store }: Pick<Ports, "store">,
  { shop, ...chosen }: { shop: ShopDomain; reportWhen: string; amountBasis: string },
): Promise<{ ok: true } | { ok: false; problems: SettingProblem[] }> {
  const settings = readSettings(chosen);
  if (Array.isArray(settings)) return { ok: false, problems: settings };
  await store.inTransaction(async (tx) => {
    // Whoever is deciding that an order waits has ended by then, and its order is taken up as well.
    await tx.connections.hold(shop, "changing");
    const before = await tx.shops.reportSettings(shop);
    await tx.shops.saveReportSettings(shop, settings);
    if (before.reportWhen === "paid" && settings.reportWhen === "created") {
      await tx.queue.send("take-up-waiting", { shop, reason: "not-paid", after: null });
    }
  });
  return { ok: true };
}

const WHEN: Record<ReportWhen, true> = { created: true, paid: true };
const BASES: Record<AmountBasis, true> = { net: true, "net-with-tax": true, gross: true };

function readSettings(chosen: {
  reportWhen: string;
  amountBasis: string;
}): ReportSettings | SettingProblem[] {
  const { reportWhen, amountBasis } = chosen;
  const isWhen = Object.hasOwn(WHEN, reportWhen);
  const isBasis = Object.hasOwn(BASES, amountBasis);
  if (isWhen && isBasis) return chosen as ReportSettings;
  return [
    ...(isWhen ? [] : [{ field: "reportWhen" as const, message: CHOOSE_WHEN }]),
    ...(isBasis ? [] : [{ field: "amountBasis" as const, message: CHOOSE_AMOUNT }]),
  ];
}

const CHOOSE_WHEN = "Choose when an order is reported.";
const CHOOSE_AMOUNT = "Choose which amount impact.com gets.";
