import { afterEach, expect, test, vi } from "vitest";

const GOOD = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "the-app-secret",
  SHOPIFY_APP_URL: "https://app.example.com",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
};

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The module reads the process's own environment when it loads, so that has to be good first. */
async function envModule() {
  for (const [name, value] of Object.entries(GOOD)) vi.stubEnv(name, value);
  return import("#app/env.server.ts");
}

async function refusalOf(source: Record<string, string | undefined>): Promise<string> {
  const { readEnv, EnvError } = await envModule();
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
  }
  throw new Error("It was accepted.");
}

test("what has to be set is enough, and the rest has its default", async () => {
  const { readEnv } = await envModule();
  expect(readEnv(GOOD)).toEqual({
    ...GOOD,
    DATA_DIR: ".data",
    IMPACT_API_URL: "https://api.impact.com",
    PORT: 3_000,
    HOST: "0.0.0.0",
    LOG_LEVEL: "info",
    TRUSTED_PROXIES: 1,
    DRAIN_SECONDS: 25,
    NODE_ENV: "production",
  });
});

test("everything that is missing is named in one message, with where to read more", async () => {
  const message = await refusalOf({});
  for (const name of Object.keys(GOOD)) expect(message).toContain(`${name} is missing`);
  expect(message).toContain("See .env.example.");
});

test("an empty line means not set", async () => {
  const { readEnv } = await envModule();
  expect(readEnv({ ...GOOD, DATABASE_URL: "", PORT: "", LOG_LEVEL: "" })).toMatchObject({
    PORT: 3_000,
  });
  expect(await refusalOf({ ...GOOD, SHOPIFY_API_KEY: "" })).toContain("SHOPIFY_API_KEY is missing");
});

test.each([
  ["SHOPIFY_APP_URL", "app.example.com"],
  ["ENCRYPTION_KEY", "short"],
  ["DATABASE_URL", "mysql://127.0.0.1/app"],
  ["IMPACT_API_URL", "impact"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["LOG_LEVEL", "loud"],
  ["TRUSTED_PROXIES", "0"],
  ["TRUSTED_PROXIES", "all"],
])("%s=%s is refused by name", async (name, value) => {
  const message = await refusalOf({ ...GOOD, [name]: value });
  expect(message).toMatch(new RegExp(`^ {2}${name}: \\S`, "m"));
});

test("a malformed and a missing variable stand in the same message, and no secret does", async () => {
  const message = await refusalOf({
    ...GOOD,
    ENCRYPTION_KEY: "my-weak-secret",
    SHOPIFY_API_KEY: undefined,
  });
  expect(message).toContain("SHOPIFY_API_KEY is missing");
  expect(message).toContain("openssl rand -base64 32");
  expect(message).not.toMatch(/my-weak-secret|the-app-secret/);
});

test("a short metrics token and a drain without end are refused by name", async () => {
  const said = await refusalOf({ ...GOOD, METRICS_TOKEN: "short", DRAIN_SECONDS: "0" });
  expect(said).toContain("METRICS_TOKEN: must be 20 characters or more");
  expect(said).toContain("DRAIN_SECONDS");
});
