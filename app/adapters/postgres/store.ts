import type { PrismaClient } from "@prisma/client";
import type { PgBoss } from "pg-boss";
import type { Store, Stores } from "#app/core/ports/store.ts";
import type { Db } from "./prisma-client.ts";
import { createQueue } from "./queue.ts";
import type { SecretBox } from "./secret-box.ts";
import { createAdjustmentStore } from "./stores/adjustment-store.ts";
import { createBatchStore } from "./stores/batch-store.ts";
import { createCodeStore } from "./stores/code-store.ts";
import { createComplianceStore } from "./stores/compliance-store.ts";
import { createConnectionStore } from "./stores/connection-store.ts";
import { createConversionStore } from "./stores/conversion-store.ts";
import { createDeliveryStore } from "./stores/delivery-store.ts";
import { createDifferenceStore } from "./stores/difference-store.ts";
import { createDiscountStore } from "./stores/discount-store.ts";
import { createLedgerStore } from "./stores/ledger-store.ts";
import { createOrderStore } from "./stores/order-store.ts";
import { createOutcomeStore } from "./stores/outcome-store.ts";
import { createPartnerStore } from "./stores/partner-store.ts";
import { createLateStore } from "./stores/late-store.ts";
import { createProblemStore } from "./stores/problem-store.ts";
import { createReconciliationStore } from "./stores/reconciliation-store.ts";
import { createShopStore } from "./stores/shop-store.ts";
import { createUploadStore } from "./stores/upload-store.ts";

/** Core's store on PostgreSQL. Inside `inTransaction` rows and jobs are one commit. */
export function createStore(prisma: PrismaClient, boss: PgBoss, secrets: SecretBox): Store {
  return {
    ...createStores(prisma, boss, secrets),
    inTransaction: (work) =>
      prisma.$transaction((tx) => work(createStores(tx, boss, secrets)), {
        maxWait: 4_000,
        timeout: 15_000,
      }),
  };
}

function createStores(db: Db, boss: PgBoss, secrets: SecretBox): Stores {
  return {
    shops: createShopStore(db),
    connections: createConnectionStore(db, secrets),
    partners: createPartnerStore(db),
    discounts: createDiscountStore(db),
    batches: createBatchStore(db),
    codes: createCodeStore(db),
    deliveries: createDeliveryStore(db),
    orders: createOrderStore(db),
    conversions: createConversionStore(db),
    adjustments: createAdjustmentStore(db),
    outcomes: createOutcomeStore(db),
    problems: createProblemStore(db),
    late: createLateStore(db),
    compliance: createComplianceStore(db),
    reconciliations: createReconciliationStore(db),
    differences: createDifferenceStore(db),
    ledger: createLedgerStore(db),
    uploads: createUploadStore(db),
    queue: createQueue(boss, db),
  };
}
