import type { Scope } from "./api/endpoint.ts";
import { nextId } from "./next-id.ts";
import { defaultRules } from "./rules.ts";
import type { Rules } from "./rules.ts";
import type {
  Account,
  Click,
  Contract,
  EventType,
  ImpactState,
  Partner,
  Program,
} from "./state.ts";

export function createImpactState(options: {
  clock: { now(): Date };
  rules?: Partial<Rules>;
}): ImpactState {
  const rules = { ...defaultRules, ...options.rules };
  return { clock: options.clock, rules, accounts: [], lastId: 7_000_000 };
}

export function addAccount(
  state: ImpactState,
  options: { sid: string; token: string; scopes?: Scope[]; currency: string; companyName?: string },
): Account {
  const account: Account = {
    sid: options.sid,
    id: nextId(state),
    companyName: options.companyName ?? "Acme Corporation",
    currency: options.currency,
    exchangeRates: {},
    tokens: [{ secret: options.token, scopes: options.scopes ?? null, disabled: false }],
    programs: [],
    partners: [],
    contracts: [],
    promoCodes: [],
    clicks: [],
    submissions: new Map(),
    queued: [],
    actions: [],
    hour: null,
  };
  state.accounts.push(account);
  return account;
}

export function addProgram(
  account: Account,
  options: {
    id: string;
    name: string;
    promoCodeTracking: boolean;
    eventTypes: (Pick<EventType, "id" | "name" | "category"> & Partial<EventType>)[];
    state?: string;
  },
): Program {
  const program: Program = {
    state: "ACTIVE",
    ...options,
    eventTypes: options.eventTypes.map((eventType) => ({
      code: "",
      active: true,
      promoCodes: true,
      credit: "last click",
      dedupeDays: 30,
      ...eventType,
    })),
  };
  account.programs.push(program);
  return program;
}

type ContractOptions = Pick<Contract, "programId" | "startsAt" | "state"> & {
  /** 10, or "12.5". */
  payoutPercent: number | string;
} & Partial<Omit<Contract, "payoutPercent">>;

export function addPartner(
  account: Account,
  options: { id: string; name: string; contract: ContractOptions | null; email: string } & Partial<
    Pick<Partner, "state" | "country" | "groupIds" | "createdAt" | "updatedAt">
  >,
): Partner {
  const { contract, ...given } = options;
  const createdAt = given.createdAt ?? contract?.startsAt ?? new Date("2025-01-01T00:00:00Z");
  const partner: Partner = {
    state: "ACTIVE",
    country: "US",
    groupIds: [],
    updatedAt: createdAt,
    ...given,
    createdAt,
  };
  account.partners.push(partner);
  if (contract !== null) addContract(account, partner.id, contract);
  return partner;
}

export function addContract(
  account: Account,
  partnerId: string,
  options: ContractOptions,
): Contract {
  const contract: Contract = {
    endsAt: null,
    eventTypeIds: null,
    referralDays: 30,
    // The longest locking period that counts in days (impact.md §3.4).
    lockingDays: 27,
    ...options,
    id: options.id ?? `S-${3_240_001 + account.contracts.length}`,
    partnerId,
    payoutPercent: String(options.payoutPercent),
  };
  account.contracts.push(contract);
  return contract;
}

export function addClick(
  account: Account,
  options: Pick<Click, "id" | "partnerId" | "programId" | "at"> & Partial<Click>,
): Click {
  const click: Click = { customerId: null, customProfileId: null, ...options };
  account.clicks.push(click);
  return click;
}
