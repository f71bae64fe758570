const RETRIES = 8;
const FOUR_HOURS_MS = 4 * 60 * 60 * 1000;

/**
 * Milliseconds until the retry after `attempts` failed attempts, or null after the last. Eight
 * retries, each wait twice the one before, four hours in all; Shopify's exact curve is unpublished.
 */
export function retryDelay(attempts: number): number | null {
  if (attempts > RETRIES) return null;
  return (FOUR_HOURS_MS * 2 ** (attempts - 1)) / (2 ** RETRIES - 1);
}
