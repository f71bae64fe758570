import { ok } from "../http/reply.ts";
import { companyView } from "../views/company-view.ts";
import type { Handler } from "./context.ts";

export const getCompanyInformation: Handler = ({ account }) => ok(companyView(account));
