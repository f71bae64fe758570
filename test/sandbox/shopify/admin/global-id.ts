/** gid://shopify/Order/123 */
export function globalId(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The last part of a gid: digits, or a job's uuid. */
export function legacyId(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
