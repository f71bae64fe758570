import type { OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { Stores } from "#app/core/ports/store.ts";

/** What they need of another shop. */
interface Theirs {
  otherShop: ShopDomain;
  orderId: OrderId;
  conversionId: string;
  submissionId: string;
  adjustmentId: string;
  batchId: string;
  discountId: string;
  partnerId: PartnerId;
}

type Write = (store: Stores, shop: ShopDomain, theirs: Theirs) => Promise<unknown>;

const LATER = new Date("2027-01-01T00:00:00Z");

/** Their conversion, as one who holds it would save it. */
async function conversionOf(s: Stores, t: Theirs): Promise<Conversion> {
  const conversion = await s.conversions.find(t.otherShop, t.conversionId);
  if (!conversion) throw new Error("no conversion");
  return { ...conversion, problem: "not yours", attempts: 9 };
}

async function adjustmentOf(s: Stores, t: Theirs) {
  const adjustment = await s.adjustments.find(t.otherShop, t.adjustmentId);
  if (!adjustment) throw new Error("no adjustment");
  return { ...adjustment, problem: "not yours" };
}

async function submissionOf(s: Stores, t: Theirs) {
  const submission = await s.conversions.findSubmission(t.otherShop, t.submissionId);
  if (!submission) throw new Error("no submission");
  return { ...submission, errorReason: "not yours", checks: 9 };
}

async function factsOf(s: Stores, t: Theirs) {
  const order = await s.orders.find(t.otherShop, t.orderId);
  if (!order) throw new Error("no order");
  return { ...order.facts, name: "#not yours", updatedAt: LATER };
}

/** Writes of whole rows, with another shop's in hand. */
export const PIPELINE_WRITES: [name: string, write: Write][] = [
  ["conversions.save", async (s, shop, t) => s.conversions.save(shop, await conversionOf(s, t))],
  [
    "conversions.saveAll",
    async (s, shop, t) => s.conversions.saveAll(shop, [await conversionOf(s, t)]),
  ],
  [
    "conversions.renewLeases",
    async (s, shop, t) => s.conversions.renewLeases(shop, [await conversionOf(s, t)], LATER),
  ],
  [
    "conversions.saveSubmission",
    async (s, shop, t) => s.conversions.saveSubmission(shop, await submissionOf(s, t)),
  ],
  [
    "conversions.saveSubmissions",
    async (s, shop, t) => s.conversions.saveSubmissions(shop, [await submissionOf(s, t)]),
  ],
  ["adjustments.save", async (s, shop, t) => s.adjustments.save(shop, await adjustmentOf(s, t))],
  [
    "adjustments.renewLease",
    async (s, shop, t) => s.adjustments.renewLease(shop, await adjustmentOf(s, t), LATER),
  ],
  [
    "adjustments.remove",
    async (s, shop, t) => s.adjustments.remove(shop, await adjustmentOf(s, t)),
  ],
  ["deliveries.forgetCustomers", (s, shop, t) => s.deliveries.forgetCustomers(shop, [t.orderId])],
  [
    "orders.saveFacts",
    async (s, shop, t) =>
      s.orders.saveFacts(shop, [await factsOf(s, t)], LATER, { replacesTies: true }),
  ],
  [
    "ledger.saveUnreadable",
    async (s, shop, t) => {
      const line = { problem: "not yours", isDated: true };
      return s.ledger.saveUnreadable(shop, await factsOf(s, t), line, LATER);
    },
  ],
  [
    "orders.saveRefunds",
    (s, shop, { orderId }) => {
      const refund = { refundId: "1", createdAt: LATER, lines: [], adjustmentMinor: -1 };
      return s.orders.saveRefunds(shop, [{ orderId, refund, versionAt: LATER }], LATER);
    },
  ],
  [
    "partners.saveSync",
    async (s, shop, t) => {
      const sync = await s.partners.findSync(t.otherShop);
      if (sync) await s.partners.saveSync(shop, { ...sync, page: 99 });
    },
  ],
  [
    "connections.saveCredentials",
    (s, shop) => {
      const none = { accountSid: "not yours", authToken: "not yours", companyName: null };
      return s.connections.saveCredentials(shop, none, LATER);
    },
  ],
];
