import type { PartnerId, ShopDomain } from "../ids.ts";
import type { ListedPartner, Partner, PartnerSync } from "../partners/partner.ts";
import type { Connection, ImpactCredentials, Program } from "../program/program.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import type { ShopDetails } from "../shops/shop-details.ts";

export interface ShopStore {
  /** Null too for a shop that has uninstalled the app. */
  find(shop: ShopDomain): Promise<ShopDetails | null>;
  /** The shop is installed from now on. */
  save(shop: ShopDomain, details: ShopDetails, now: Date): Promise<void>;
  /** What an installed shop is called and counts in; one that has uninstalled stays so. */
  saveDetails(shop: ShopDomain, details: ShopDetails): Promise<void>;
  /**
   * Shopify gave a session token of the shop then, so that the app was installed. What is newer by
   * less than ten seconds, or older, is not written.
   */
  noteOpened(shop: ShopDomain, at: Date): Promise<void>;
  /** Null where that was never noted. */
  findOpened(shop: ShopDomain): Promise<Date | null>;
  /** The defaults for a shop that has chosen nothing, or is not there. */
  reportSettings(shop: ShopDomain): Promise<ReportSettings>;
  saveReportSettings(shop: ShopDomain, settings: ReportSettings): Promise<void>;
  /** What Shopify last let this app do in the shop; null where no access token is stored. */
  findScopes(shop: ShopDomain): Promise<string[] | null>;
  /** Until the next access token tells them anew. */
  saveScopes(shop: ShopDomain, scopes: readonly string[]): Promise<void>;
  /** Erases Shopify's tokens and notes when; history stays for a reinstall. */
  uninstall(shop: ShopDomain, now: Date): Promise<void>;
  /**
   * False for a shop that never opened the app, or was erased: nothing is taken in for it. Any other,
   * even one that has uninstalled, is not erased until the transaction ends.
   */
  hold(shop: ShopDomain): Promise<boolean>;
  /**
   * Erases every row of the shop but for one delivery and the records that its compliance requests
   * were done. No part of a transaction; one that was cut off is to be called again.
   */
  erase(shop: ShopDomain, keeping: { but: string }): Promise<void>;
}

export interface ConnectionStore {
  /**
   * Until the transaction ends, who reads the connection to decide that an order waits for it, and
   * who changes it and then takes up what waited, take turns: so no order is passed over.
   */
  hold(shop: ShopDomain, purpose: "reading" | "changing"): Promise<void>;
  find(shop: ShopDomain): Promise<Connection | null>;
  saveCredentials(
    shop: ShopDomain,
    credentials: ImpactCredentials & { companyName: string | null },
    now: Date,
  ): Promise<void>;
  saveProgram(shop: ShopDomain, program: Program, now: Date): Promise<void>;
  /** Erases the token and the choice of program; history stays. */
  remove(shop: ShopDomain): Promise<void>;
}

export interface PartnerStore {
  list(shop: ShopDomain, filter?: { search?: string }): Promise<Partner[]>;
  count(shop: ShopDomain): Promise<{ all: number; withContract: number }>;
  find(shop: ShopDomain, partnerId: PartnerId): Promise<Partner | null>;
  /**
   * A contract that is over ended when impact.com says, else at the latest now. Of the times without one,
   * the last is kept once there is a contract again whose beginning is told.
   */
  saveAll(shop: ShopDomain, partners: ListedPartner[], now: Date): Promise<void>;
  /** Partners a finished run has not met have left the program. */
  endContractsNotSeenSince(shop: ShopDomain, since: Date): Promise<void>;
  findSync(shop: ShopDomain): Promise<PartnerSync | null>;
  /** A fresh run for this program; one under way has lost its turn from now on. */
  startSync(shop: ShopDomain, programId: string, now: Date): Promise<void>;
  /** False, and nothing saved, where the run was stopped, replaced or is further on. */
  saveSync(shop: ShopDomain, sync: PartnerSync): Promise<boolean>;
  /** Ends a run under way. */
  stopSync(shop: ShopDomain, problem: string, now: Date): Promise<void>;
}
