import type { Endpoint } from "./endpoint.ts";
import { boolean, dateTime, decimal, integer, text, uri } from "./field.ts";
import type { Field } from "./field.ts";

// Lengths the OpenAPI file leaves out are those of the conversion object's and item-level data
// pages, quoted in impact.md §2.2.
const identification: readonly Field[] = [
  integer("CampaignId", { required: true, maxLength: 10 }),
  integer("EventTypeId", { maxLength: 10 }),
  integer("ActionTrackerId", { maxLength: 10, onlyInProse: true }),
  text("EventTypeCode", { maxLength: 64 }),
  dateTime("EventDate", { required: true }),
  text("OrderId", { required: true, maxLength: 64 }),
];

const attribution: readonly Field[] = [
  text("ClickId", { maxLength: 64 }),
  text("CustomClickId", { onlyInProse: true }),
  text("CustomerId", { maxLength: 255 }),
  text("CustomProfileId", { maxLength: 70 }),
  text("OrderPromoCode", { maxLength: 64 }),
  uri("UniqueUrl"),
  text("GoogAId"),
  text("AndroidId", { onlyInProse: true }),
  text("AppleIfa"),
  text("AppleIfv"),
  integer("MediaId"),
  integer("MediaPartnerId"),
  text("SubId1", { maxLength: 255 }),
  text("SubId2", { maxLength: 255 }),
  text("SubId3", { maxLength: 255 }),
  text("SharedId", { maxLength: 255 }),
  text("PhoneNumber"),
  text("CallerId"),
  text("CountryCode"),
];

const customer: readonly Field[] = [
  text("CustomerEmail"),
  text("CustomerStatus", { maxLength: 40 }),
  text("CustomerCity"),
  text("CustomerPostCode", { maxLength: 64 }),
  text("CustomerCountry"),
  text("CustomerRegion"),
  text("IpAddress"),
  text("UserAgent"),
  boolean("TrackingConsent"),
];

const order: readonly Field[] = [
  text("CurrencyCode", { maxLength: 3 }),
  decimal("Amount"),
  decimal("OrderDiscount"),
  decimal("OrderDiscountRate"),
  decimal("OrderSubTotalPostDiscount"),
  decimal("OrderShipping"),
  decimal("OrderTax"),
  decimal("OrderMargin"),
  text("PaymentType", { maxLength: 32 }),
  boolean("GiftPurchase"),
  text("DispositionCode"),
];

const items: readonly Field[] = [
  text("ItemSku[i]", { maxLength: 255 }),
  text("ItemPromoCode[i]"),
  text("ItemName[i]"),
  text("ItemCategory[i]"),
  text("ItemSubCategory[i]"),
  text("ItemMpn[i]"),
  text("ItemBrand[i]"),
  integer("ItemQuantity[i]"),
  decimal("ItemPrice[i]"),
  decimal("ItemSubTotal[i]"),
  decimal("ItemDiscount[i]"),
  decimal("ItemDiscountRate[i]"),
  decimal("ItemTotalDiscount[i]"),
  text("ItemDeliveryType[i]"),
  text("ItemText[i]_[x]", { upTo: 50, maxLength: 64 }),
  decimal("ItemNumeric[i]_[x]", { upTo: 10 }),
  dateTime("ItemDate[i]_[x]", { upTo: 10 }),
  decimal("ItemMoney[i]_[x]", { upTo: 3 }),
];

const device: readonly Field[] = [
  text("DeviceMfr"),
  text("DeviceModel"),
  integer("PropertyId"),
  text("AppPackage"),
  text("AppInstallRef"),
  text("AppVer"),
  text("LocationId"),
  text("LocationName"),
  text("LocationType"),
];

const free: readonly Field[] = [
  text("Note", { maxLength: 255 }),
  text("Text[x]", { upTo: 50, maxLength: 64 }),
  decimal("Numeric[x]", { upTo: 10 }),
  decimal("Money[x]", { upTo: 3 }),
  dateTime("Date[x]", { upTo: 10 }),
];

export const conversionEndpoint: Endpoint = {
  operationId: "submitConversion",
  method: "POST",
  path: "/Advertisers/{AccountSID}/Conversions",
  scope: "Submit conversions",
  source: "conversions",
  query: [],
  form: [...identification, ...attribution, ...customer, ...order, ...items, ...device, ...free],
};
