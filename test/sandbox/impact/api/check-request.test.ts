import { expect, test } from "vitest";
import { conversionForm } from "../acme.ts";
import { checkRequest } from "./check-request.ts";
import type { SentRequest } from "./check-request.ts";

const conversions = "/Advertisers/IRacme/Conversions";
const actions = "/Advertisers/IRacme/Actions";

function violations(
  method: string,
  path: string,
  body: URLSearchParams | string = "",
  changes: Partial<SentRequest> = {},
): string[] {
  const { pathname, searchParams } = new URL(path, "http://impact");
  const request: SentRequest = {
    method,
    path: pathname,
    query: searchParams,
    body: body.toString(),
    form: new URLSearchParams(body),
    contentType: body === "" ? "" : "application/x-www-form-urlencoded",
    accept: "application/json",
    version: "14",
    ...changes,
  };
  return checkRequest(request).map(({ field, message }) => `${field}: ${message}`);
}

function conversion(changes: Record<string, string | null>): string[] {
  return violations("POST", conversions, conversionForm(changes));
}

test("a full conversion violates nothing", () => {
  expect(
    conversion({
      ClickId: "abc",
      CustomerStatus: "NEW",
      OrderDiscount: "5.00",
      Text50: "x",
      CustomerEmail: "4db6c86b5d02c22ab6c5e1b1a0b82a7b5d4ef068",
      ItemText2_50: "blue",
      ItemDiscount1: "1.00",
      TrackingConsent: "true",
    }),
  ).toEqual([]);
});

test("an undocumented path or method is a violation", () => {
  expect(violations("GET", "/Advertisers/IRacme/Nothing")).toEqual(["path: Not a documented path"]);
  expect(violations("PATCH", actions)).toEqual(["path: PATCH is not documented here"]);
});

test("a field that no document knows is a violation", () => {
  expect(conversion({ PromoCode: "ANNA10" })).toEqual(["PromoCode: Not a documented field"]);
  expect(conversion({ Text51: "x" })).toEqual(["Text51: Not a documented field"]);
  expect(conversion({ orderid: "1" })).toEqual(["orderid: Not a documented field"]);
});

test("a missing required field is a violation", () => {
  expect(conversion({ OrderId: null })).toEqual(["OrderId: Required"]);
  expect(conversion({ OrderId: "" })).toEqual(["OrderId: Required"]);
});

test("an empty optional field and a repeated field are violations", () => {
  expect(conversion({ ClickId: "" })).toEqual(["ClickId: Empty value"]);
  const twice = conversionForm();
  twice.append("OrderId", "2");
  expect(violations("POST", conversions, twice)).toEqual(["OrderId: Sent more than once"]);
});

test("values of the wrong type are violations", () => {
  expect(conversion({ CampaignId: "acme" })).toEqual(["CampaignId: Not a numeric value"]);
  expect(conversion({ ItemPrice1: "25,00" })).toEqual(["ItemPrice1: Not a decimal value"]);
  expect(conversion({ GiftPurchase: "yes" })).toEqual(["GiftPurchase: Not true or false"]);
});

test("a date without time or offset is a violation", () => {
  const message = ["EventDate: Not an ISO 8601 date with time and offset"];
  for (const date of [
    "2026-03-10",
    "2026-03-10T10:00:00",
    "NOW",
    "10/03/2026",
    "2026-13-01T00:00Z",
  ])
    expect(conversion({ EventDate: date })).toEqual(message);
});

test("a value over its documented length is a violation", () => {
  expect(conversion({ OrderId: "x".repeat(65) })).toEqual(["OrderId: Longer than 64 characters"]);
  expect(conversion({ OrderPromoCode: "x".repeat(64) })).toEqual([]);
});

test("a conversion needs an event identifier and an attribution key", () => {
  expect(conversion({ EventTypeId: null })).toHaveLength(1);
  expect(conversion({ EventTypeId: null, ActionTrackerId: "4000" })).toEqual([]);
  expect(conversion({ OrderPromoCode: null })).toHaveLength(1);
  expect(conversion({ OrderPromoCode: null, ClickId: "abc" })).toEqual([]);
});

test("MediaId and MediaPartnerId exclude each other", () => {
  expect(conversion({ MediaId: "1", MediaPartnerId: "1" })).toHaveLength(1);
});

test("an item has ItemPrice or ItemSubTotal, not both and not neither", () => {
  expect(conversion({ ItemSubTotal1: "50.00" })).toEqual([
    "ItemPrice1: Provide either ItemPrice or ItemSubTotal, not both",
  ]);
  expect(conversion({ ItemPrice1: null })).toEqual([
    "ItemPrice1: ItemPrice or ItemSubTotal is required for every item",
  ]);
});

test("an item needs SKU, category and quantity, and items are numbered from 1 without a gap", () => {
  expect(conversion({ ItemSku1: null })).toEqual(["ItemSku1: Required for every item"]);
  expect(conversion({ ItemCategory2: null })).toEqual(["ItemCategory2: Required for every item"]);
  expect(conversion({ ItemSku0: "X" })).toContain("ItemSku0: Not a documented field");
  const third = { ItemSku4: "X", ItemCategory4: "Y", ItemQuantity4: "1", ItemPrice4: "1" };
  expect(conversion(third)).toEqual(["ItemSku3: Item numbers start at 1 and leave no gap"]);
});

test("order-level totals do not go together with items", () => {
  expect(conversion({ OrderSubTotalPostDiscount: "60.00" })).toHaveLength(1);
  expect(conversion({ Amount: "60.00" })).toHaveLength(1);
});

test("money needs its currency", () => {
  expect(conversion({ CurrencyCode: null })).toEqual([
    "CurrencyCode: Required when monetary fields are provided",
  ]);
  expect(conversion({ CurrencyCode: "usd" })).toEqual(["CurrencyCode: Not an ISO 4217 code"]);
});

test("a plain e-mail address is a violation", () => {
  expect(conversion({ CustomerEmail: "jo@example.com" })).toEqual([
    "CustomerEmail: Must be a SHA1 or SHA256 hash",
  ]);
});

test("a JSON body, a body where none is documented, and XML answers are violations", () => {
  const json = { contentType: "application/json" };
  expect(violations("POST", conversions, "{}", json)).toEqual([
    "Content-Type: Only application/x-www-form-urlencoded is documented",
  ]);
  expect(violations("DELETE", "/Advertisers/IRacme/PromoCodes/7", "a=b")).toEqual([
    "body: No body is documented",
  ]);
  expect(violations("GET", "/Advertisers/IRacme/Campaigns", "", { accept: "*/*" })).toEqual([
    "Accept: application/json is not asked for",
  ]);
});

test("only lists take Page and PageSize, and filters have their documented names", () => {
  expect(violations("GET", "/Advertisers/IRacme/Campaigns?Page=2&PageSize=100")).toEqual([]);
  expect(violations("GET", "/Advertisers/IRacme/Campaigns/1000?Page=2")).toHaveLength(1);
  expect(
    violations("GET", "/Advertisers/IRacme/MediaPartners?StartDate=2026-01-01T00:00:00Z"),
  ).toEqual(["StartDate: Not a documented field"]);
});

test("an action is named by ActionId or by event type and order", () => {
  const change = (fields: Record<string, string>) =>
    violations("PUT", actions, new URLSearchParams({ Reason: "ORDER_UPDATE", ...fields }));
  expect(change({ ActionId: "1000.4636.1", Amount: "5.00" })).toEqual([]);
  expect(change({ ActionTrackerId: "4000", OrderId: "1", Amount: "5.00" })).toEqual([]);
  expect(change({ OrderId: "1", Amount: "5.00" })).toEqual([
    "ActionId: ActionId, or ActionTrackerId and OrderId, is required",
  ]);
});

test("a modification needs a Reason, and an item's change its SKU", () => {
  const change = (fields: Record<string, string>) =>
    violations("PUT", actions, new URLSearchParams({ ActionId: "1000.4636.1", ...fields }));
  expect(change({ Amount: "5.00" })).toEqual(["Reason: Required"]);
  expect(change({ Reason: "BORED", Amount: "5.00" })).toHaveLength(1);
  const items = { Sku: "CAP", Quantity: "1", Sku2: "SOCK", Quantity2: "0" };
  expect(change({ Reason: "ORDER_UPDATE", ...items })).toEqual([]);
  expect(change({ Reason: "ORDER_UPDATE", Quantity2: "0" })).toEqual([
    "Sku2: Required with Quantity2",
  ]);
  expect(change({ Reason: "ORDER_UPDATE", Sku1: "CAP", Quantity1: "1" })).toHaveLength(2);
});

test("a reversal needs a documented DispositionCode", () => {
  const reverse = (fields: Record<string, string>) =>
    violations("DELETE", actions, new URLSearchParams({ ActionId: "1000.4636.1", ...fields }));
  expect(reverse({ DispositionCode: "ITEM_RETURNED" })).toEqual([]);
  expect(reverse({})).toEqual(["DispositionCode: Required"]);
  expect(reverse({ DispositionCode: "ORDER_UPDATE" })).toHaveLength(1);
});

test("actions are listed for a campaign, 45 days at most, in pages of 2,000 at least", () => {
  const list = (query: string) => violations("GET", `${actions}?${query}`);
  expect(list("CampaignId=1000")).toEqual([]);
  expect(list("State=PENDING")).toEqual(["CampaignId: Required"]);
  const from = "CampaignId=1000&StartDate=2026-01-01T00:00:00Z";
  expect(list(from)).toEqual(["EndDate: Required with StartDate"]);
  expect(list(`${from}&EndDate=2026-02-15T00:00:01Z`)).toHaveLength(1);
  expect(list("CampaignId=1000&PageSize=100")).toEqual(["PageSize: The minimum is 2000"]);
});
