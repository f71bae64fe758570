import type { Field } from "./field.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export type OperationId =
  | "getCompanyInformation"
  | "listPrograms"
  | "getProgramById"
  | "listContracts"
  | "getContractById"
  | "getClickById"
  | "listPartners"
  | "getPartnerById"
  | "listPromoCodes"
  | "createPromoCode"
  | "getPromoCodeById"
  | "expirePromoCode"
  | "submitConversion"
  | "listActions"
  | "updateActionOrItems"
  | "reverseAction"
  | "getActionById"
  | "listActionItems"
  | "getApiSubmissionById";

/**
 * What a token's check boxes are called. The "Retrieve …" labels are seen in set-up guides
 * (impact.md §1); the names of the write scopes are not published, so those are ours.
 */
export type Scope =
  | "Retrieve company information"
  | "Retrieve campaigns/campaign"
  | "Retrieve contracts/contract"
  | "Retrieve clicks/click"
  | "Retrieve media partners/media partner"
  | "Retrieve promo codes/promo code"
  | "Retrieve actions/action"
  | "Retrieve API submissions/submission"
  | "Create promo codes"
  | "Expire promo codes"
  | "Submit conversions"
  | "Update actions"
  | "Reverse actions";

export interface Endpoint {
  operationId: OperationId;
  method: Method;
  /** As published, with `{AccountSID}` first. */
  path: string;
  scope: Scope;
  /** Which of the published OpenAPI files describes it. */
  source: string;
  query: readonly Field[];
  /** Form fields; null where no body is documented. All documented bodies are form-encoded. */
  form: readonly Field[] | null;
  /** A list takes Page and PageSize, which the pagination page documents, not the OpenAPI files. */
  list?: true;
}
