import { createHmac, randomUUID } from "node:crypto";

const LIFETIME_S = 60;

export interface SessionTokenInput {
  apiKey: string;
  apiSecret: string;
  shopDomain: string;
  userId: string;
  /** The app checks the token by its own clock: the real one. */
  now: Date;
}

/** The JWT an embedded app gets for its user: HS256 with the client secret, good for a minute. */
export function sessionToken(input: SessionTokenInput): string {
  const now = Math.floor(input.now.getTime() / 1000);
  const claims = {
    iss: `https://${input.shopDomain}/admin`,
    dest: `https://${input.shopDomain}`,
    aud: input.apiKey,
    sub: input.userId,
    exp: now + LIFETIME_S,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const content = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(claims)}`;
  const signature = createHmac("sha256", input.apiSecret).update(content).digest("base64url");
  return `${content}.${signature}`;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
