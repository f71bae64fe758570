import type { Account, ImpactState, Token } from "../state.ts";

type Caller =
  | { kind: "known"; account: Account; token: Token }
  | { kind: "refused"; status: 401 | 403; message: string };

/** HTTP Basic: the user is the AccountSID, the password the token. */
export function authenticate(state: ImpactState, header: string, path: string): Caller {
  const refused = (status: 401 | 403, message: string): Caller => ({
    kind: "refused",
    status,
    message,
  });
  const encoded = /^Basic (.+)$/i.exec(header)?.[1] ?? "";
  const [sid = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const account = state.accounts.find((candidate) => candidate.sid === sid);
  const token = account?.tokens.find(({ secret }) => secret === rest.join(":"));
  if (account === undefined || token === undefined)
    return refused(401, "Authentication credentials are missing or invalid");
  if (token.disabled) return refused(403, "This access token is disabled");
  if (path.split("/")[2] !== sid) return refused(403, "Access to this account is denied");
  return { kind: "known", account, token };
}
