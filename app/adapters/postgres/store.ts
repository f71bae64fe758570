import type { PrismaClient } from "@prisma/client";
import type { Pool } from "pg";
import type { PgBoss } from "pg-boss";
import type { PipelineStores, Store, Stores } from "#app/core/ports/store.ts";
import { inPoolTransaction } from "./pool.ts";
import type { Db } from "./prisma-client.ts";
import { createQueue } from "./queue.ts";
import { rawSqlOver, type RawSql } from "./raw-sql.ts";
import type { SecretBox } from "./secret-box.ts";
import { createAdjustmentStore } from "./stores/adjustment-store.ts";
import { createAdoptionStore } from "./stores/adoption-store.ts";
import { createChangeStore } from "./stores/change-store.ts";
import { createBatchStore } from "./stores/batch-store.ts";
import { createClickStore } from "./stores/click-store.ts";
import { createCodeDifferenceStore } from "./stores/code-difference-store.ts";
import { createCodeRepairStore } from "./stores/code-repair-store.ts";
import { createCodeReads, createCodeStore } from "./stores/code-store.ts";
import { createCodeViewStore } from "./stores/code-view-store.ts";
import { createComplianceStore } from "./stores/compliance-store.ts";
import { createConnectionReads, createConnectionStore } from "./stores/connection-store.ts";
import { createConversionStore } from "./stores/conversion-store.ts";
import { createDeliveryStore } from "./stores/delivery-store.ts";
import { createCreditedStore } from "./stores/credited-store.ts";
import { createDifferenceStore } from "./stores/difference-store.ts";
import { createDiscountStore } from "./stores/discount-store.ts";
import { createFamilyStore } from "./stores/family-store.ts";
import { createHandOutStore } from "./stores/hand-out-store.ts";
import { createLedgerStore } from "./stores/ledger-store.ts";
import { createOrderStore } from "./stores/order-store.ts";
import { createOutcomeStore } from "./stores/outcome-store.ts";
import { createPartnerStore } from "./stores/partner-store.ts";
import { createLateReads, createLateStore } from "./stores/late-store.ts";
import { createProblemStore } from "./stores/problem-store.ts";
import { createRegistrationFileStore } from "./stores/registration-file-store.ts";
import { createReplayStore } from "./stores/replay-store.ts";
import { createReconciliationStore } from "./stores/reconciliation-store.ts";
import { createRuleStore } from "./stores/rule-store.ts";
import { createSeenCodeStore } from "./stores/seen-code-store.ts";
import { createShopReads, createShopStore } from "./stores/shop-store.ts";
import { createUploadStore } from "./stores/upload-store.ts";

interface Parts {
  prisma: PrismaClient;
  pool: Pool;
  boss: PgBoss;
  secrets: SecretBox;
}

/**
 * Core's store on PostgreSQL. Inside `inTransaction` and `inPipeline` rows and jobs are one commit.
 * What every order goes through is plain SQL, and runs on `pool`, or in whatever transaction is open.
 */
export function createStore({ prisma, pool, boss, secrets }: Parts): Store {
  return {
    ...createOtherStores(prisma),
    ...createPipelineStores(rawSqlOver(pool), boss, secrets),
    ...createMixedStores(prisma, rawSqlOver(pool), secrets),
    inTransaction: (work) =>
      prisma.$transaction(
        (tx) =>
          work({
            ...createOtherStores(tx),
            ...createPipelineStores(tx, boss, secrets),
            ...createMixedStores(tx, tx, secrets),
          }),
        { maxWait: 4_000, timeout: 15_000 },
      ),
    inPipeline: (work) =>
      inPoolTransaction(pool, (client) =>
        work(createPipelineStores(rawSqlOver(client), boss, secrets)),
      ),
  };
}

function createPipelineStores(sql: RawSql, boss: PgBoss, secrets: SecretBox): PipelineStores {
  return {
    shops: createShopReads(sql),
    connections: createConnectionReads(sql, secrets),
    codes: createCodeReads(sql),
    late: createLateReads(sql),
    deliveries: createDeliveryStore(sql),
    orders: createOrderStore(sql),
    clicks: createClickStore(sql),
    conversions: createConversionStore(sql),
    adjustments: createAdjustmentStore(sql),
    outcomes: createOutcomeStore(sql),
    rules: createRuleStore(sql),
    queue: createQueue(boss, sql),
  };
}

type MixedStores = Pick<Stores, "shops" | "connections" | "codes" | "late" | "batches" | "replays">;

function createMixedStores(db: Db, sql: RawSql, secrets: SecretBox): MixedStores {
  return {
    shops: createShopStore(db, sql),
    connections: createConnectionStore(db, sql, secrets),
    codes: createCodeStore(db, sql),
    batches: createBatchStore(db, sql),
    late: createLateStore(db, sql),
    replays: createReplayStore(sql),
  };
}

function createOtherStores(db: Db): Omit<Stores, keyof PipelineStores | keyof MixedStores> {
  return {
    partners: createPartnerStore(db),
    discounts: createDiscountStore(db),
    codeViews: createCodeViewStore(db),
    families: createFamilyStore(db),
    problems: createProblemStore(db),
    compliance: createComplianceStore(db),
    reconciliations: createReconciliationStore(db),
    differences: createDifferenceStore(db),
    credited: createCreditedStore(db),
    ledger: createLedgerStore(db),
    seenCodes: createSeenCodeStore(db),
    codeDifferences: createCodeDifferenceStore(db),
    codeRepairs: createCodeRepairStore(db),
    uploads: createUploadStore(db),
    adoptions: createAdoptionStore(db),
    registrationFiles: createRegistrationFileStore(db),
    changes: createChangeStore(db),
    handOuts: createHandOutStore(db),
  };
}
