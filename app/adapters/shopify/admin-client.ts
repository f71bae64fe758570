import { setTimeout } from "node:timers/promises";
import type { z } from "zod";
import type { ShopDomain } from "#app/core/ids.ts";
import type { ShopifyProblem } from "#app/core/ports/shopify.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { FailureLog } from "../failure-log.ts";
import { problemForError, shopClosed, unavailable } from "./shopify-problems.ts";
import { isUnavailableShop } from "./unavailable-shop.ts";

/** The part of the Shopify library's Admin client that we use. */
export interface AdminGraphql {
  graphql(
    document: string,
    options: { variables: Record<string, unknown>; signal?: AbortSignal },
  ): Promise<{ json(): Promise<unknown> }>;
}

export interface AdminClient {
  request<Schema extends z.ZodType>(
    shop: ShopDomain,
    document: string,
    variables: Record<string, unknown>,
    data: Schema,
    how?: { isHurried: boolean },
  ): Promise<Result<z.infer<Schema>, ShopifyProblem>>;
}

/** Somebody looks at a page that does without the answer. */
const HURRIED_MS = 2_500;
/** Shopify itself ends a request that takes longer; a job's lease covers several of these. */
const LONGEST_MS = 30_000;

/** A throttled call waits here this often, and this long in all; then it is the job's to come back. */
const PATIENCE = { tries: 5, waitMs: 10_000 };

/**
 * Admin GraphQL for any shop; waits out short throttling, and gives every failure back as a value. A
 * call that takes longer than `longestMs` is let go of: whether Shopify has carried it out is unknown.
 */
export function createAdminClient(options: {
  adminFor: (shop: ShopDomain) => Promise<AdminGraphql>;
  clock: { now(): Date };
  sleep: (ms: number) => Promise<void>;
  log: FailureLog;
  longestMs?: number;
}): AdminClient {
  return {
    async request(shop, document, variables, data, how) {
      const raw = how?.isHurried
        ? await askOnce(options, shop, document, variables, HURRIED_MS)
        : await askPatiently(options, shop, document, variables);
      const answer = raw.ok ? readData(raw.value, data) : raw;
      if (!answer.ok) {
        const { kind, cause } = answer.problem;
        const operation = /\b(?:query|mutation)\s+(\w+)/.exec(document)?.[1];
        options.log.warn({ shop, operation, kind, cause }, "Shopify request failed");
      }
      return answer;
    },
  };
}

/** Whatever comes later than that counts for nothing. */
async function askOnce(
  options: Parameters<typeof createAdminClient>[0],
  shop: ShopDomain,
  document: string,
  variables: Record<string, unknown>,
  ms = options.longestMs ?? LONGEST_MS,
): Promise<Result<unknown, ShopifyProblem>> {
  const over = new AbortController();
  const { signal } = over;
  const tooLate = setTimeout(ms, null, { signal, ref: false }).then(
    () => failure(unavailable(`no answer within ${ms} ms`)),
    () => failure(unavailable("was answered")),
  );
  try {
    return await Promise.race([ask(options, shop, document, { variables, signal }), tooLate]);
  } finally {
    over.abort();
  }
}

async function askPatiently(
  options: Parameters<typeof createAdminClient>[0],
  shop: ShopDomain,
  document: string,
  variables: Record<string, unknown>,
): Promise<Result<unknown, ShopifyProblem>> {
  const begun = options.clock.now().getTime();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askOnce(options, shop, document, variables);
    if (answer.ok) return answer;
    const retryAt = answer.problem.retryAt?.getTime() ?? Infinity;
    const isWorthWaiting =
      answer.problem.kind === "throttled" && retryAt - begun <= PATIENCE.waitMs;
    if (!isWorthWaiting || attempt >= PATIENCE.tries) return answer;
    await options.sleep(Math.max(retryAt - options.clock.now().getTime(), 0));
  }
}

async function ask(
  { adminFor, clock }: Parameters<typeof createAdminClient>[0],
  shop: ShopDomain,
  document: string,
  how: { variables: Record<string, unknown>; signal: AbortSignal },
): Promise<Result<unknown, ShopifyProblem>> {
  try {
    const admin = await adminFor(shop);
    const response = await admin.graphql(document, how);
    return success(await response.json());
  } catch (error) {
    const isClosed = await isUnavailableShop(error);
    return failure(isClosed ? shopClosed("HTTP 403") : problemForError(error, clock.now()));
  }
}

function readData<Schema extends z.ZodType>(
  body: unknown,
  schema: Schema,
): Result<z.infer<Schema>, ShopifyProblem> {
  const parsed = schema.safeParse((body as { data?: unknown }).data);
  if (parsed.success) return success(parsed.data);
  return failure(unavailable(`unexpected answer: ${parsed.error.message}`));
}
