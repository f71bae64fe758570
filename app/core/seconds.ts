/** Whole seconds of an instant: neither Shopify nor impact.com keeps more of it. */
export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
