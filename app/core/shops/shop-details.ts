/** What the app keeps of a shop. */
export interface ShopDetails {
  name: string;
  currency: string;
  /** IANA name: the shop's days. */
  timeZone: string;
  /** Where customers shop, without scheme: the primary domain. */
  host: string;
}
