import { changedFields, type Opened } from "../changed-fields.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { AmountBasis, ReportSettings, ReportWhen } from "./report-settings.ts";

export interface SettingProblem {
  field: keyof ReportSettings;
  /** Says what to do. */
  message: string;
}

/** What became something else while the form stood open, and how all of it is now. */
export interface ChangedSettings {
  fields: (keyof ReportSettings)[];
  now: ReportSettings;
}

type Saved =
  { ok: true } | { ok: false; problems: SettingProblem[]; changed: ChangedSettings | null };

/**
 * Saves what the merchant has chosen, for orders that have no conversion yet. Orders that waited to
 * be paid are decided again where that is no longer waited for. What was changed since the form was
 * opened is not taken back unasked.
 */
export async function saveReportSettings(
  { store }: Pick<Ports, "store">,
  { shop, opened, ...chosen }: SettingsForm & { shop: ShopDomain; opened: Opened<ReportSettings> },
): Promise<Saved> {
  const settings = readSettings(chosen);
  if (Array.isArray(settings)) return { ok: false, problems: settings, changed: null };
  return store.inTransaction(async (tx) => {
    // Whoever is deciding that an order waits has ended by then, and its order is taken up as well.
    await tx.connections.hold(shop, "changing");
    const before = await tx.shops.reportSettings(shop);
    const fields = changedFields(FIELDS, { opened, now: before, draft: settings });
    if (fields.length > 0) return { ok: false, problems: [], changed: { fields, now: before } };
    await tx.shops.saveReportSettings(shop, settings);
    if (before.reportWhen === "paid" && settings.reportWhen === "created") {
      await tx.queue.send("take-up-waiting", { shop, reason: "not-paid", after: null });
    }
    return { ok: true };
  });
}

/** The settings as they were posted. */
export interface SettingsForm {
  reportWhen: string;
  amountBasis: string;
}

const FIELDS = ["reportWhen", "amountBasis"] as const;
const WHEN: Record<ReportWhen, true> = { created: true, paid: true };
const BASES: Record<AmountBasis, true> = { net: true, "net-with-tax": true, gross: true };

function readSettings(chosen: SettingsForm): ReportSettings | SettingProblem[] {
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
