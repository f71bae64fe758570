import { startOf } from "../codes/preview-assignment.ts";
import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import type {
  LeftCode,
  PartnerCount,
  ReadDiscounts,
  VerdictCount,
} from "../ports/adoption-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Adoption, WrongRow } from "./adoption.ts";

export interface AdoptionDetail {
  adoption: Adoption;
  now: Date;
  /** From when partners would have their codes, and the earliest that impact.com still takes. */
  from: Date;
  oldest: Date;
  discounts: ReadDiscounts;
  verdicts: VerdictCount[];
  partners: PartnerCount[];
  allPartners: number;
  /** The first codes that will be nobody's. */
  left: LeftCode[];
  /** Of the file that names partners, the first wrong rows. */
  wrongRows: WrongRow[];
  /** Past orders that would be attributed. */
  late: { orders: number; worth: Money[] };
}

const SHOWN = 20;

/** What was found of the codes that are to be adopted; null where the shop has no such adoption. */
export async function readAdoption(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, adoptionId, since }: { shop: ShopDomain; adoptionId: string; since: Date | null },
): Promise<AdoptionDetail | null> {
  const { adoptions } = store;
  const adoption = await adoptions.find(shop, adoptionId);
  if (!adoption) return null;
  const now = clock.now();
  const oldest = oldestReportable(now);
  const from = startOf(since ?? now, oldest);
  const isChecked = adoption.state === "checked";
  const isByFile = isChecked && adoption.plan.by.kind === "file";
  const [discounts, verdicts, partners, left, late, wrongRows] = await Promise.all([
    adoptions.listDiscounts(shop, adoptionId),
    isChecked ? adoptions.countVerdicts(shop, adoptionId) : [],
    isChecked ? adoptions.countPartners(shop, adoptionId, SHOWN) : { partners: [], all: 0 },
    isChecked ? adoptions.listLeft(shop, adoptionId, { after: null, limit: SHOWN }) : [],
    isChecked ? adoptions.sumLate(shop, adoptionId, from) : { orders: 0, worth: [] },
    isByFile ? adoptions.listWrongRows(shop, adoptionId, { after: 0, limit: SHOWN }) : [],
  ]);
  return {
    ...{ adoption, now, from, oldest, discounts, verdicts, left, late, wrongRows },
    ...{ partners: partners.partners, allPartners: partners.all },
  };
}
