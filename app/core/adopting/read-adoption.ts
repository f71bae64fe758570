import { addUpEarning, EARNING_PAGE } from "../codes/add-up-earning.ts";
import { startOf } from "../codes/preview-assignment.ts";
import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
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
  /** Past orders that would be attributed, and what impact.com would get for them. */
  late: LateOrders;
}

interface LateOrders {
  orders: number;
  worth: Money[];
  /** Orders that may be as well: their clicks decide, or they are too many to be added up for a page. */
  more: number;
}

const NO_LATE: LateOrders = { orders: 0, worth: [], more: 0 };
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
    isChecked ? addUpLate(store, { shop, adoptionId, from }) : NO_LATE,
    isByFile ? adoptions.listWrongRows(shop, adoptionId, { after: 0, limit: SHOWN }) : [],
  ]);
  return {
    ...{ adoption, now, from, oldest, discounts, verdicts, left, late, wrongRows },
    ...{ partners: partners.partners, allPartners: partners.all },
  };
}

/** As the preview of one code has it: by their facts and refunds, the shop's basis and the rules of their time. */
async function addUpLate(
  store: Ports["store"],
  { shop, adoptionId, from }: { shop: ShopDomain; adoptionId: string; from: Date },
): Promise<LateOrders> {
  const settings = await store.shops.reportSettings(shop);
  const pageAfter = (after: OrderId | null) =>
    store.adoptions.listLate(shop, adoptionId, { since: from, after, limit: EARNING_PAGE });
  const [all, sums] = await Promise.all([
    store.adoptions.countLate(shop, adoptionId, from),
    addUpEarning(store, { pageAfter, settings, codeOf: (given) => given }, shop),
  ]);
  const judged = [...sums].reduce(
    (sum, [effect, { orders }]) => sum + (effect === "click-decides" ? 0 : orders),
    0,
  );
  const attributed = (["earns", "unpaid"] as const).flatMap((effect) => sums.get(effect) ?? []);
  return {
    orders: attributed.reduce((sum, { orders }) => sum + orders, 0),
    worth: addUp(attributed.flatMap(({ worth }) => worth)),
    more: Math.max(all - judged, 0),
  };
}

/** One amount for each currency. */
function addUp(amounts: readonly Money[]): Money[] {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  return currencies.toSorted().map((currency) => {
    const same = amounts.filter((one) => one.currency === currency);
    return { currency, minor: same.reduce((sum, { minor }) => sum + minor, 0) };
  });
}
