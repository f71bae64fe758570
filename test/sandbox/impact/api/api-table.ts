import { actionEndpoints } from "./action-endpoints.ts";
import { conversionEndpoint } from "./conversion-endpoint.ts";
import type { Endpoint } from "./endpoint.ts";
import { promoCodeEndpoints } from "./promo-code-endpoints.ts";
import { readEndpoints } from "./read-endpoints.ts";

/** The part of impact.com's brand API v14 that the app uses, as published. */
export const apiTable: readonly Endpoint[] = [
  ...readEndpoints,
  ...promoCodeEndpoints,
  conversionEndpoint,
  ...actionEndpoints,
];
