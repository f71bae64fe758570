import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import type { Bucket, Shop } from "#test/sandbox/shopify/state.ts";

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

export function fullBucket(shop: Shop, now: Date): Bucket {
  return { available: planLimits[shop.plan].maximumAvailable, filledAt: now };
}

function refill(shop: Shop, bucket: Bucket, now: Date): void {
  const limits = planLimits[shop.plan];
  const seconds = Math.max(0, now.getTime() - bucket.filledAt.getTime()) / 1_000;
  bucket.available = Math.min(
    limits.maximumAvailable,
    bucket.available + seconds * limits.restoreRate,
  );
  bucket.filledAt = now;
}

/** Takes the requested points, or takes nothing and says false. */
export function takePoints(shop: Shop, bucket: Bucket, points: number, now: Date): boolean {
  refill(shop, bucket, now);
  if (bucket.available < points) return false;
  bucket.available -= points;
  return true;
}

export function refundPoints(shop: Shop, bucket: Bucket, points: number, now: Date): void {
  bucket.available += points;
  refill(shop, bucket, now);
}

export function throttleStatus(shop: Shop, bucket: Bucket): ThrottleStatus {
  const { maximumAvailable, restoreRate } = planLimits[shop.plan];
  return { maximumAvailable, currentlyAvailable: Math.floor(bucket.available), restoreRate };
}
