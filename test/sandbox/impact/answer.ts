import type { Endpoint } from "./api/endpoint.ts";
import { findEndpoint } from "./api/find-endpoint.ts";
import type { Violation } from "./api/violation.ts";
import { handlers } from "./handlers/handlers.ts";
import { authenticate } from "./http/authenticate.ts";
import { conversionRefusal, refusal } from "./http/reply.ts";
import type { Reply } from "./http/reply.ts";
import { spendRequest } from "./http/spend-request.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { Rules } from "./rules.ts";
import type { ImpactState } from "./state.ts";
import { settleSubmissions } from "./submissions/settle-submissions.ts";

/** What impact.com answers: who asks, may they, is the hour's budget left, is it well-formed. */
export function answer(
  state: ImpactState,
  request: LoggedRequest,
  authorization: string,
  rateLimited: boolean,
): Reply {
  const caller = authenticate(state, authorization, request.path);
  if (caller.kind === "refused") return refusal(caller.status, caller.message);
  const { account, token } = caller;
  const found = findEndpoint(request.method, request.path);
  const isConversion = found.kind === "found" && found.endpoint.operationId === "submitConversion";
  const free = isConversion && !state.rules.conversionsCountTowardsLimit;
  const now = state.clock.now();
  const spent = spendRequest(account, now, state.rules, { free, refused: rateLimited });
  const limited = (reply: Reply): Reply => ({ ...reply, headers: spent.headers });
  if (spent.exceeded) return limited(refusal(429, "Rate limit exceeded"));

  if (found.kind !== "found") return limited(refuse(request.violations, null, state.rules));
  const { endpoint, params } = found;
  if (token.scopes !== null && !token.scopes.includes(endpoint.scope))
    return limited(refusal(403, "Access Denied"));
  if (request.violations.length > 0)
    return limited(refuse(request.violations, endpoint, state.rules));

  settleSubmissions(state);
  const { path, query, form } = request;
  return limited(
    handlers[endpoint.operationId]({ state, account, now, path, params, query, form }),
  );
}

function refuse(violations: Violation[], endpoint: Endpoint | null, rules: Rules): Reply {
  const worst = violations.find(({ status }) => status !== 400) ?? violations[0];
  if (worst === undefined) return refusal(404, "Not found");
  if (worst.status !== 400) return refusal(worst.status, worst.message);
  return endpoint?.operationId === "submitConversion" && rules.conversionErrors === "lower case"
    ? conversionRefusal(violations)
    : refusal(400, "Validation Failed", violations);
}
