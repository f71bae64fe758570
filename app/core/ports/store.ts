import type { AdjustmentStore } from "./adjustment-stores.ts";
import type { AdoptionStore } from "./adoption-stores.ts";
import type { BatchStore } from "./batch-stores.ts";
import type { ChangeStore } from "./change-stores.ts";
import type {
  CodeDifferenceStore,
  CodeRepairStore,
  SeenCodeStore,
} from "./code-difference-stores.ts";
import type { CodeStore, DiscountStore } from "./code-stores.ts";
import type { ClickStore } from "./click-store.ts";
import type { CodeViewStore } from "./code-view-store.ts";
import type { ComplianceStore } from "./compliance-stores.ts";
import type { ConversionStore } from "./conversion-stores.ts";
import type { FamilyStore } from "./family-stores.ts";
import type { DeliveryStore, OrderStore } from "./order-stores.ts";
import type { LateStore } from "./late-stores.ts";
import type {
  CreditedStore,
  DifferenceStore,
  LedgerStore,
  ReconciliationStore,
} from "./ledger-stores.ts";
import type { ProblemStore } from "./problem-stores.ts";
import type { OutcomeStore } from "./outcome-stores.ts";
import type { HandOutStore } from "./hand-out-store.ts";
import type { Queue } from "./queue.ts";
import type { ConnectionStore, PartnerStore, ShopStore } from "./shop-stores.ts";
import type { ReplayStore } from "./replay-store.ts";
import type { RegistrationFileStore } from "./registration-file-stores.ts";
import type { RuleStore } from "./rule-store.ts";
import type { UploadStore } from "./upload-stores.ts";

/** Core's store: every method is scoped by shop. */
export interface Store extends Stores {
  /** All or nothing: rows and the jobs they need are written in one commit. */
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** The same at a fraction of the cost, for what every order goes through, and with fewer stores. */
  inPipeline<T>(work: (stores: PipelineStores) => Promise<T>): Promise<T>;
}

/** What the way of an order needs; any `Stores` are such. */
export interface PipelineStores extends Pick<
  Stores,
  | "deliveries"
  | "orders"
  | "clicks"
  | "conversions"
  | "adjustments"
  | "outcomes"
  | "rules"
  | "queue"
> {
  shops: Pick<ShopStore, "hold" | "reportSettings">;
  connections: Pick<ConnectionStore, "hold" | "find">;
  codes: Pick<CodeStore, "knownOn" | "listCovers" | "hold">;
  late: Pick<LateStore, "listCreditedThere">;
}

export interface Stores {
  shops: ShopStore;
  connections: ConnectionStore;
  partners: PartnerStore;
  discounts: DiscountStore;
  batches: BatchStore;
  changes: ChangeStore;
  codes: CodeStore;
  codeViews: CodeViewStore;
  families: FamilyStore;
  deliveries: DeliveryStore;
  orders: OrderStore;
  clicks: ClickStore;
  conversions: ConversionStore;
  adjustments: AdjustmentStore;
  outcomes: OutcomeStore;
  problems: ProblemStore;
  late: LateStore;
  compliance: ComplianceStore;
  reconciliations: ReconciliationStore;
  differences: DifferenceStore;
  credited: CreditedStore;
  ledger: LedgerStore;
  seenCodes: SeenCodeStore;
  codeDifferences: CodeDifferenceStore;
  codeRepairs: CodeRepairStore;
  uploads: UploadStore;
  handOuts: HandOutStore;
  adoptions: AdoptionStore;
  registrationFiles: RegistrationFileStore;
  rules: RuleStore;
  replays: ReplayStore;
  queue: Queue;
}
