import type { Scope } from "./api/endpoint.ts";
import type { ErrorReason } from "./crediting/error-reason.ts";
import type { Rules } from "./rules.ts";

/** What the impact.com stand-in knows: every part of it reads and writes this one state. */
export interface ImpactState {
  clock: { now(): Date };
  rules: Rules;
  accounts: Account[];
  /** The last number given out, for every kind of id. */
  lastId: number;
}

export interface Token {
  secret: string;
  /** Check boxes ticked for it; null for a legacy token, which may do everything. */
  scopes: Scope[] | null;
  disabled: boolean;
}

export interface Account {
  sid: string;
  id: string;
  companyName: string;
  /** The account's default, in which actions are shown. */
  currency: string;
  /** Units of the default currency for one unit of another, as decimals; 1 where none is set. */
  exchangeRates: Record<string, string>;
  tokens: Token[];
  programs: Program[];
  partners: Partner[];
  contracts: Contract[];
  promoCodes: PromoCode[];
  clicks: Click[];
  /** By BatchId, in the order of arrival. */
  submissions: Map<string, Submission>;
  /** Those not processed yet. */
  queued: Submission[];
  actions: Action[];
  hour: { startedAt: Date; used: number } | null;
}

export interface EventType {
  id: string;
  name: string;
  category: string;
  code: string;
  active: boolean;
  /** "Promo Code" ticked in the event type's tracking settings. */
  promoCodes: boolean;
  /** Credit policy; changing it is for impact.com's staff. */
  credit: "last click" | "first click";
  /** The OrderId deduplication window. Its real length is not documented. */
  dedupeDays: number;
}

export interface Program {
  id: string;
  name: string;
  state: string;
  promoCodeTracking: boolean;
  eventTypes: EventType[];
}

export interface Partner {
  id: string;
  name: string;
  email: string;
  state: string;
  country: string;
  groupIds: string[];
  createdAt: Date;
  updatedAt: Date;
}

export interface Contract {
  id: string;
  partnerId: string;
  programId: string;
  /** ACTIVE covers upcoming and expired ones too: those follow from the dates. */
  state: "ACTIVE" | "PENDING" | "DECLINED";
  startsAt: Date;
  endsAt: Date | null;
  /** A decimal, "12.5". */
  payoutPercent: string;
  /** Event types with payout terms; null means all of the program's. */
  eventTypeIds: string[] | null;
  /** Referral window. */
  referralDays: number;
  lockingDays: number;
}

export interface PromoCode {
  id: string;
  code: string;
  type: "LI" | "RE";
  creditPolicy: "ALWAYS" | "INVOLVED" | "WINNER";
  programId: string;
  partnerId: string;
  dealId: string;
  dealName: string;
  createdAt: Date;
  startsAt: Date;
  endsAt: Date | null;
  /** It is INACTIVE whatever its dates say, and credits nobody. */
  isInactive?: boolean;
}

export interface Click {
  id: string;
  partnerId: string;
  programId: string;
  at: Date;
  customerId: string | null;
  customProfileId: string | null;
  /** From a country that the merchant has restricted. */
  isRestricted?: boolean;
}

export interface Outcome {
  errorType: "Validation" | "Contract Error";
  reasons: ErrorReason[];
  /** For people reading a failed test; impact.com sends no such sentence. */
  because: string;
}

export interface Submission {
  batchId: string;
  type: "Conversion" | "Modification" | "Reversal";
  form: URLSearchParams;
  submittedAt: Date;
  completesAt: Date;
  /** Undefined until processed, null when it went well. */
  outcome: Outcome | null | undefined;
  /** What processing found out; "" where it did not come so far. */
  programId: string;
  eventTypeId: string;
  partnerId: string;
}

export interface ActionItem {
  sku: string;
  name: string;
  category: string;
  quantity: number;
  amountMinor: number;
  payoutMinor: number;
  /** The last amount that was stated rather than scaled, and its quantity. */
  stated: { amountMinor: number; quantity: number };
  adjustment: { at: Date; reason: string } | null;
}

export interface Action {
  id: string;
  programId: string;
  eventTypeId: string;
  partnerId: string;
  contractId: string;
  orderId: string;
  promoCode: string;
  customerId: string;
  customerStatus: string;
  note: string;
  because: "click" | "promo code" | "media id";
  clickedAt: Date | null;
  eventDate: Date;
  createdAt: Date;
  updatedAt: Date;
  lockingDate: Date;
  reversed: boolean;
  /** The order's currency; amounts are its minor units. */
  currency: string;
  items: ActionItem[];
  intended: Amounts;
  delta: Amounts;
  modifications: number;
}

export interface Amounts {
  amountMinor: number;
  payoutMinor: number;
}
