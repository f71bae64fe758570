import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url(),
  ENCRYPTION_KEY: z.string().refine((text) => Buffer.from(text, "base64").length === 32, {
    error: "must be 32 random bytes in base64, for example from: openssl rand -base64 32",
  }),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  IMPACT_API_URL: z.url().default("https://api.impact.com"),
  PORT: port.default(3000),
  HOST: z.string().min(1).default("0.0.0.0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  WORKER_PORT: port.optional(),
  METRICS_TOKEN: z
    .string()
    .min(20, { error: "must be 20 characters or more, for example from: openssl rand -hex 20" })
    .optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(1).max(20).default(1),
  DRAIN_SECONDS: z.coerce.number().int().min(1).max(3_600).default(25),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = z.infer<typeof schema>;

/** The environment does not fit; the message says which variables and what they should be. */
export class EnvError extends Error {}

/** Reads the environment once, typed. Throws EnvError naming all that is missing or malformed. */
export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".");
    return given[name] === undefined ? `  ${name} is missing` : `  ${name}: ${message}`;
  });
  throw new EnvError(
    `Partner Codes can't start: the environment is incomplete. See .env.example.\n${lines.join("\n")}`,
  );
}

/** The one place where the process's environment is read. */
export const env = readEnv(process.env);
