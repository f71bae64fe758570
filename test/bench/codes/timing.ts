/** How long Shopify's stand-in takes over each call. */
export const LATENCY_MS = 80;
/** How long it takes over making up to 250 codes. */
export const JOB_MS = 1_000;
