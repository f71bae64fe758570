import { setTimeout as sleep } from "node:timers/promises";
import { createImpactBudget } from "./adapters/impact/impact-budget.ts";
import { createImpactClient } from "./adapters/impact/impact-client.ts";
import { createImpact } from "./adapters/impact/impact.ts";
import { createStore } from "./adapters/postgres/store.ts";
import { createAdminClient } from "./adapters/shopify/admin-client.ts";
import { createShopify } from "./adapters/shopify/shopify.ts";
import { checkCodes } from "./core/codes/check-codes.ts";
import { createDiscount } from "./core/codes/create-discount.ts";
import { listCodesInUse } from "./core/codes/list-codes-in-use.ts";
import { listDiscounts, readDiscount } from "./core/codes/read-discounts.ts";
import { retryDiscount } from "./core/codes/retry-discount.ts";
import { retryConversion } from "./core/conversions/retry-conversion.ts";
import { listOrders } from "./core/orders/list-orders.ts";
import { readOrder } from "./core/orders/read-order.ts";
import { receiveDelivery } from "./core/orders/receive-delivery.ts";
import { listPartners } from "./core/partners/list-partners.ts";
import { startPartnerSync } from "./core/partners/sync-partners.ts";
import type { Ports } from "./core/ports/ports.ts";
import { chooseProgram, listProgramChoice } from "./core/program/choose-program.ts";
import { connectImpact, disconnectImpact } from "./core/program/connect-impact.ts";
import { readConnection } from "./core/program/read-connection.ts";
import { readHome } from "./core/reports/read-home.ts";
import { ensureShop } from "./core/shops/ensure-shop.ts";
import { boss, log, prisma } from "./db.server.ts";
import { env } from "./env.server.ts";
import { createOfflineAdmin } from "./offline-admin.server.ts";
import { secrets } from "./shopify.server.ts";

const clock = { now: () => new Date() };

/** The one place where adapters meet core. */
export const ports: Ports = {
  clock,
  random: Math.random,
  store: createStore(prisma, boss, secrets),
  shopify: createShopify(
    createAdminClient({ adminFor: createOfflineAdmin(prisma), clock, sleep, log }),
  ),
  impact: createImpact(
    createImpactClient({
      baseUrl: env.IMPACT_API_URL,
      budget: createImpactBudget(prisma, clock),
      fetch,
      log,
    }),
  ),
};

type Verb<Input, Output> = (ports: Ports, input: Input) => Promise<Output>;

/** A verb with its ports already given: what routes call. */
function bind<Input, Output>(verb: Verb<Input, Output>): (input: Input) => Promise<Output> {
  return (input) => verb(ports, input);
}

export const services = {
  ensureShop: bind(ensureShop),
  readHome: bind(readHome),
  readConnection: bind(readConnection),
  connectImpact: bind(connectImpact),
  disconnectImpact: bind(disconnectImpact),
  listProgramChoice: bind(listProgramChoice),
  chooseProgram: bind(chooseProgram),
  startPartnerSync: bind(startPartnerSync),
  listPartners: bind(listPartners),
  listDiscounts: bind(listDiscounts),
  readDiscount: bind(readDiscount),
  checkCodes: bind(checkCodes),
  listCodesInUse: bind(listCodesInUse),
  createDiscount: bind(createDiscount),
  retryDiscount: bind(retryDiscount),
  receiveDelivery: bind(receiveDelivery),
  listOrders: bind(listOrders),
  readOrder: bind(readOrder),
  retryConversion: bind(retryConversion),
};
