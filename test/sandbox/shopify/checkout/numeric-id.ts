/** gid://shopify/ProductVariant/123 → 123; a bare id stays as it is. */
export function numericId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
