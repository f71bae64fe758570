import type { Violation } from "./violation.ts";

// impact.md §2.1. The prose also lists `PromoCode`, where the schema and every example have
// `OrderPromoCode`: only the latter counts here.
const eventIdentifiers = ["ActionTrackerId", "EventTypeId", "EventTypeCode"];
const attributionKeys = [
  "ClickId",
  "CustomerId",
  "CustomProfileId",
  "CustomClickId",
  "OrderPromoCode",
  "MediaId",
  "MediaPartnerId",
  "UniqueUrl",
  "CallerId",
  "GoogAId",
  "AndroidId",
  "AppleIfa",
  "AppleIfv",
];
const money = /^(Amount|Order(Discount|SubTotalPostDiscount|Shipping|Tax|Margin))$/;
const itemMoney = /^Item(Price|SubTotal|Discount|TotalDiscount)\d+$/;

/** The rules between fields, which the prose states and the schema cannot. */
export function checkConversion(form: URLSearchParams): Violation[] {
  const numbers = itemNumbers(form);
  const messages = [
    ...checkIdentification(form),
    ...checkAmounts(form, numbers.length > 0),
    ...numbers.flatMap((number, position) => checkItem(form, number, position)),
  ];
  return messages.map(([field, message]) => ({ field, message, status: 400 }));
}

type Message = [field: string, message: string];

function checkIdentification(form: URLSearchParams): Message[] {
  const messages: Message[] = [];
  if (!eventIdentifiers.some((name) => form.has(name)))
    messages.push(["EventTypeId", `One of ${eventIdentifiers.join(", ")} is required`]);
  if (!attributionKeys.some((name) => form.has(name)))
    messages.push(["ClickId", `One of ${attributionKeys.join(", ")} is required`]);
  if (form.has("MediaId") && form.has("MediaPartnerId"))
    messages.push(["MediaPartnerId", "Provide either MediaId or MediaPartnerId, not both"]);
  const email = form.get("CustomerEmail");
  if (email !== null && !/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(email))
    messages.push(["CustomerEmail", "Must be a SHA1 or SHA256 hash"]);
  return messages;
}

function checkAmounts(form: URLSearchParams, hasItems: boolean): Message[] {
  const messages: Message[] = [];
  const names = [...form.keys()];
  if (names.some((name) => money.test(name) || itemMoney.test(name)) && !form.has("CurrencyCode"))
    messages.push(["CurrencyCode", "Required when monetary fields are provided"]);
  const currency = form.get("CurrencyCode");
  if (currency !== null && !/^[A-Z]{3}$/.test(currency))
    messages.push(["CurrencyCode", "Not an ISO 4217 code"]);
  if (form.has("OrderSubTotalPostDiscount") && hasItems)
    messages.push(["OrderSubTotalPostDiscount", "Not together with item-level data"]);
  if (form.has("Amount") && names.some((name) => /^Item(Price|SubTotal)\d+$/.test(name)))
    messages.push(["Amount", "Not together with ItemPrice or ItemSubTotal"]);
  return messages;
}

function checkItem(form: URLSearchParams, number: number, position: number): Message[] {
  const messages: Message[] = [];
  if (number !== position + 1)
    messages.push([`ItemSku${position + 1}`, "Item numbers start at 1 and leave no gap"]);
  for (const name of ["ItemSku", "ItemCategory", "ItemQuantity"]) {
    if (!form.has(`${name}${number}`))
      messages.push([`${name}${number}`, "Required for every item"]);
  }
  const prices = ["ItemPrice", "ItemSubTotal"].filter((name) => form.has(`${name}${number}`));
  if (prices.length === 0)
    messages.push([`ItemPrice${number}`, "ItemPrice or ItemSubTotal is required for every item"]);
  if (prices.length === 2)
    messages.push([`ItemPrice${number}`, "Provide either ItemPrice or ItemSubTotal, not both"]);
  return messages;
}

function itemNumbers(form: URLSearchParams): number[] {
  const numbers = [...form.keys()].flatMap((name) => {
    const match = /^Item[A-Za-z]+(\d+)(_\d+)?$/.exec(name);
    return match?.[1] === undefined ? [] : [Number(match[1])];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}
