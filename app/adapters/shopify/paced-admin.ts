import { HttpThrottlingError } from "@shopify/shopify-api";
import { z } from "zod";
import type { ShopDomain } from "#app/core/ids.ts";
import type { AdminGraphql } from "./admin-client.ts";

const reply = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({
        maximumAvailable: z.number(),
        currentlyAvailable: z.number(),
        restoreRate: z.number().positive(),
      }),
    }),
  }),
});

/** What Shopify last said of a shop's points, less what was spent of them since. */
interface Bucket {
  available: number;
  maximum: number;
  restoreRate: number;
  at: number;
  /** Points of calls that are not answered yet. */
  underWay: number;
  /** Points of calls that wait for their turn. */
  inLine: number;
  line: Promise<void>;
}

/** Whoever would wait longer holds no job's place meanwhile: it hears when to come back. */
const LONGEST_LINE_MS = 10_000;

/** What is not known yet is taken for one (reference/shopify.md, section 2). */
const COST_OF_A_MUTATION = 10;

type Options = Parameters<typeof createPacedAdmin>[0];

/**
 * Lets a shop's calls go as fast as its points come back, each in its turn, instead of running into
 * THROTTLED all together; one that would wait for long is refused as throttled. Shops have points, and a line, of their own (reference/shopify.md, section 2).
 */
export function createPacedAdmin(options: {
  adminFor: (shop: ShopDomain) => Promise<AdminGraphql>;
  clock: { now(): Date };
  sleep: (ms: number) => Promise<unknown>;
}): (shop: ShopDomain) => Promise<AdminGraphql> {
  const buckets = new Map<ShopDomain, Bucket>();
  const costs = new Map<string, number>();
  return async (shop) => {
    const admin = await options.adminFor(shop);
    return {
      graphql: async (document, how) => {
        const cost = costs.get(document) ?? COST_OF_A_MUTATION;
        const bucket = buckets.get(shop) ?? newBucket(options);
        buckets.set(shop, bucket);
        await takeTurn(options, bucket, cost);
        try {
          const answer = await (await admin.graphql(document, how)).json();
          costs.set(document, learn(options, bucket, answer) ?? cost);
          return { json: async () => answer };
        } catch (error) {
          // A refusal for lack of points says how many there are.
          const { body, response } = error as { body?: unknown; response?: unknown };
          if (learn(options, bucket, body) === null) learn(options, bucket, response);
          throw error;
        } finally {
          bucket.underWay -= cost;
        }
      },
    };
  };
}

function newBucket({ clock }: Options): Bucket {
  const at = clock.now().getTime();
  const unknown = { available: Infinity, maximum: Infinity, restoreRate: 1 };
  return { ...unknown, at, underWay: 0, inLine: 0, line: Promise.resolve() };
}

async function takeTurn(options: Options, bucket: Bucket, cost: number): Promise<void> {
  const missing = bucket.inLine + cost - refilled(options, bucket);
  const seconds = Math.max(0, missing / bucket.restoreRate);
  if (seconds * 1_000 > LONGEST_LINE_MS) throw tooLong(seconds);
  bucket.inLine += cost;
  const turn = bucket.line.then(async () => {
    const missing = cost - refilled(options, bucket);
    if (missing > 0) await options.sleep(Math.ceil((missing / bucket.restoreRate) * 1_000));
    refilled(options, bucket);
    bucket.inLine -= cost;
    bucket.available -= cost;
    bucket.underWay += cost;
  });
  bucket.line = turn;
  await turn;
}

function refilled({ clock }: Options, bucket: Bucket): number {
  const now = clock.now().getTime();
  const restored = (Math.max(0, now - bucket.at) / 1_000) * bucket.restoreRate;
  bucket.available = Math.min(bucket.maximum, bucket.available + restored);
  bucket.at = now;
  return bucket.available;
}

/** As Shopify itself would refuse it. */
function tooLong(seconds: number): HttpThrottlingError {
  const message = "The line of this shop's calls is too long.";
  return new HttpThrottlingError({ message, code: 429, statusText: "", retryAfter: seconds });
}

/** What is under way may or may not be taken off already: it is counted as if it were not. */
function learn({ clock }: Options, bucket: Bucket, body: unknown): number | null {
  const parsed = reply.safeParse(body);
  if (!parsed.success) return null;
  const { requestedQueryCost, throttleStatus } = parsed.data.extensions.cost;
  bucket.available = throttleStatus.currentlyAvailable - bucket.underWay;
  bucket.maximum = throttleStatus.maximumAvailable;
  bucket.restoreRate = throttleStatus.restoreRate;
  bucket.at = clock.now().getTime();
  return requestedQueryCost;
}
