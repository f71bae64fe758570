import { readDecimal } from "../money.ts";
import type { Decimal } from "../money.ts";

export interface ConversionItem {
  sku: string;
  name: string;
  category: string;
  quantity: number;
  unitPrice: Decimal | null;
  subTotal: Decimal | null;
  unitDiscount: Decimal | null;
  lineDiscount: Decimal | null;
  /** Percent, as sent. */
  discountRate: string | null;
}

export interface Conversion {
  campaignId: string;
  eventTypeId: string;
  eventTypeCode: string;
  eventDate: Date;
  orderId: string;
  promoCode: string;
  clickId: string;
  customerId: string;
  customProfileId: string;
  customerStatus: string;
  mediaId: string;
  /** "" means the account's default currency. */
  currency: string;
  note: string;
  items: ConversionItem[];
  amount: Decimal | null;
  subTotalPostDiscount: Decimal | null;
  discount: Decimal | null;
  discountRate: string | null;
}

/** Reads a form that `checkRequest` found nothing wrong with. */
export function readConversion(form: URLSearchParams): Conversion {
  const text = (name: string) => form.get(name) ?? "";
  return {
    campaignId: text("CampaignId"),
    eventTypeId: text("EventTypeId") || text("ActionTrackerId"),
    eventTypeCode: text("EventTypeCode"),
    eventDate: new Date(text("EventDate")),
    orderId: text("OrderId"),
    promoCode: text("OrderPromoCode"),
    clickId: text("ClickId"),
    customerId: text("CustomerId"),
    customProfileId: text("CustomProfileId"),
    customerStatus: text("CustomerStatus"),
    mediaId: text("MediaId") || text("MediaPartnerId"),
    currency: text("CurrencyCode"),
    note: text("Note"),
    items: readItems(form),
    amount: decimal(form, "Amount"),
    subTotalPostDiscount: decimal(form, "OrderSubTotalPostDiscount"),
    discount: decimal(form, "OrderDiscount"),
    discountRate: form.get("OrderDiscountRate"),
  };
}

function readItems(form: URLSearchParams): ConversionItem[] {
  const items: ConversionItem[] = [];
  for (let i = 1; form.has(`ItemSku${i}`); i += 1) {
    items.push({
      sku: form.get(`ItemSku${i}`) ?? "",
      name: form.get(`ItemName${i}`) ?? "",
      category: form.get(`ItemCategory${i}`) ?? "",
      quantity: Number(form.get(`ItemQuantity${i}`)),
      unitPrice: decimal(form, `ItemPrice${i}`),
      subTotal: decimal(form, `ItemSubTotal${i}`),
      unitDiscount: decimal(form, `ItemDiscount${i}`),
      lineDiscount: decimal(form, `ItemTotalDiscount${i}`),
      discountRate: form.get(`ItemDiscountRate${i}`),
    });
  }
  return items;
}

function decimal(form: URLSearchParams, name: string): Decimal | null {
  const text = form.get(name);
  return text === null ? null : readDecimal(text);
}
