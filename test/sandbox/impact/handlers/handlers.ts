import type { OperationId } from "../api/endpoint.ts";
import { getActionById, listActionItems, listActions } from "./actions.ts";
import { getProgramById, listPrograms } from "./campaigns.ts";
import { getCompanyInformation } from "./company-information.ts";
import { getClickById } from "./clicks.ts";
import type { Handler } from "./context.ts";
import { getContractById, listContracts } from "./contracts.ts";
import { getPartnerById, listPartners } from "./media-partners.ts";
import {
  createPromoCode,
  expirePromoCode,
  getPromoCodeById,
  listPromoCodes,
} from "./promo-codes.ts";
import {
  getApiSubmissionById,
  reverseAction,
  submitConversion,
  updateActionOrItems,
} from "./submissions.ts";

export const handlers: Record<OperationId, Handler> = {
  getCompanyInformation,
  listPrograms,
  getProgramById,
  listContracts,
  getContractById,
  getClickById,
  listPartners,
  getPartnerById,
  listPromoCodes,
  createPromoCode,
  getPromoCodeById,
  expirePromoCode,
  submitConversion,
  listActions,
  updateActionOrItems,
  reverseAction,
  getActionById,
  listActionItems,
  getApiSubmissionById,
};
