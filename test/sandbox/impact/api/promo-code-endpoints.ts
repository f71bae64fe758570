import type { Endpoint } from "./endpoint.ts";
import { dateTime, integer, text } from "./field.ts";

export const promoCodeEndpoints: readonly Endpoint[] = [
  {
    operationId: "listPromoCodes",
    method: "GET",
    path: "/Advertisers/{AccountSID}/PromoCodes",
    scope: "Retrieve promo codes/promo code",
    source: "promocodes",
    query: [
      integer("CampaignId"),
      text("Code"),
      dateTime("StartDate"),
      dateTime("EndDate"),
      text("State", { oneOf: ["ACTIVE", "INACTIVE"] }),
    ],
    form: null,
    list: true,
  },
  {
    operationId: "createPromoCode",
    method: "POST",
    path: "/Advertisers/{AccountSID}/PromoCodes",
    scope: "Create promo codes",
    source: "promocodes",
    query: [],
    form: [
      integer("AssignedPartnerId", { required: true }),
      integer("CampaignId", { required: true }),
      text("CreditPolicy", { required: true, oneOf: ["ALWAYS", "INVOLVED", "WINNER"] }),
      text("Code", { required: true }),
      text("Type", { required: true, oneOf: ["LI", "RE"] }),
      dateTime("StartDate"),
      dateTime("EndDate"),
      integer("DealId"),
      text("DealName"),
    ],
  },
  {
    operationId: "getPromoCodeById",
    method: "GET",
    path: "/Advertisers/{AccountSID}/PromoCodes/{PromoCodeId}",
    scope: "Retrieve promo codes/promo code",
    source: "promocodes",
    query: [],
    form: null,
  },
  {
    operationId: "expirePromoCode",
    method: "DELETE",
    path: "/Advertisers/{AccountSID}/PromoCodes/{PromoCodeId}",
    scope: "Expire promo codes",
    source: "promocodes",
    query: [],
    form: null,
  },
];
