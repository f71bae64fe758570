import { expect, test } from "vitest";
import { createLogger } from "#app/log.server.ts";

function loggerInto(lines: string[]) {
  return createLogger("trace", { write: (line: string) => void lines.push(line) });
}

const HASH = "0123456789abcdef0123456789abcdef01234567";

test("no line holds a customer's address, its hash, a token or a password, wherever it stood", () => {
  const lines: string[] = [];
  const log = loggerInto(lines);
  log.error({ error: `Failing row contains (kim@example.com, ${HASH}).` }, "for kim@example.com");
  log.warn({ payload: { customer: { note: "Kim" }, list: [{ email: "x" }] } }, "nested");
  log.info({ authToken: "impact-secret", deep: { accessToken: "shopify-secret" } }, "known names");
  log.debug({ cause: "sent Authorization: Basic SVI6dG9rZW4= and shpat_0a1b2c3d" }, "headers");
  log.trace({ url: "postgres://app:hunter2@db/app" }, "eyJhbGciOi.eyJzaG9wIj.c2lnbmF0dXJl");
  const written = lines.join("");
  expect(lines).toHaveLength(5);
  expect(written).not.toMatch(
    /kim@|0123456789abcdef|Kim"|impact-secret|shopify-secret|SVI6|0a1b2c|hunter2|c2lnbm/,
  );
});

test("the ids an operator looks for stay, and every line stays JSON", () => {
  const lines: string[] = [];
  const job = {
    shop: "tea-house.myshopify.com",
    orderId: "5678901234567890123",
    deliveryId: "7d2f0c5e-52b5-4a0e-9a3c-0a6f8f7f1c11",
  };
  loggerInto(lines).error(
    { jobs: [job], error: 'said "kim@example.com"\nat line 2' },
    "job failed",
  );
  expect(JSON.parse(lines.join(""))).toMatchObject({ jobs: [job], msg: "job failed" });
});
