import { apiTable } from "./api-table.ts";
import type { Endpoint } from "./endpoint.ts";
import { integer } from "./field.ts";
import { checkActionChange } from "./check-action-change.ts";
import { checkActionListing } from "./check-action-listing.ts";
import { checkConversion } from "./check-conversion.ts";
import { checkFields } from "./check-fields.ts";
import { findEndpoint } from "./find-endpoint.ts";
import type { Violation } from "./violation.ts";

export interface SentRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  accept: string;
  /** The `IR-Version` header, "" when absent. */
  version: string;
  body: string;
  /** The body, read as a form. */
  form: URLSearchParams;
}

/** Everything in which a request differs from the published API, in the order of refusal. */
export function checkRequest(request: SentRequest): Violation[] {
  const found = findEndpoint(request.method, request.path);
  if (found.kind === "none")
    return [{ field: "path", message: "Not a documented path", status: 404 }];
  if (found.kind === "other methods") {
    const message = `${request.method} is not documented here`;
    return [{ field: "path", message, status: 405 }];
  }
  return [
    ...checkHeaders(request),
    ...checkFields(request.query, queries.get(found.endpoint) ?? []),
    ...checkBody(request, found.endpoint),
    ...(found.endpoint.operationId === "listActions" ? checkActionListing(request.query) : []),
  ];
}

function checkHeaders({ accept, version }: SentRequest): Violation[] {
  const violations: Violation[] = [];
  if (!accept.includes("application/json"))
    violations.push({ field: "Accept", message: "application/json is not asked for", status: 406 });
  if (version !== "" && version !== "14")
    violations.push({ field: "IR-Version", message: "Not version 14", status: 400 });
  return violations;
}

// The paging page and the versioning page document these for every endpoint of their kind.
const queries = new Map(
  apiTable.map((endpoint) => {
    const paging = endpoint.list === true ? [integer("Page"), integer("PageSize")] : [];
    return [endpoint, [...endpoint.query, ...paging, integer("IrVersion")]];
  }),
);

function checkBody({ contentType, body, form }: SentRequest, endpoint: Endpoint): Violation[] {
  if (endpoint.form === null)
    return body === "" ? [] : [{ field: "body", message: "No body is documented", status: 400 }];
  // A JSON body is seen to work for Conversions in others' clients, but no document says so.
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    const message = "Only application/x-www-form-urlencoded is documented";
    return [{ field: "Content-Type", message, status: 415 }];
  }
  const violations = checkFields(form, endpoint.form);
  if (endpoint.operationId === "submitConversion") violations.push(...checkConversion(form));
  if (endpoint.operationId === "updateActionOrItems" || endpoint.operationId === "reverseAction")
    violations.push(...checkActionChange(form));
  return violations;
}
