/** What an access token at impact.com is asked to be let do, and for what. */
export const PERMISSION_USES = [
  { permissions: ["Account", "Campaigns", "Contracts", "Partners"], to: "read your program" },
  { permissions: ["Promo Codes"], to: "register codes to partners" },
  { permissions: ["Clicks"], to: "learn whose click an order came by" },
  {
    permissions: ["Conversions", "Submissions", "Actions"],
    to: "report orders and see the outcome",
  },
] as const;

/** A permission's name, as a merchant ticks it at impact.com. */
export type Permission = (typeof PERMISSION_USES)[number]["permissions"][number];

/** All that a merchant must tick, as impact.com lists them. */
export const PERMISSIONS: readonly Permission[] = PERMISSION_USES.flatMap(
  ({ permissions }): readonly Permission[] => permissions,
).toSorted();

/** "Conversions, Submissions and Actions". */
export function permissionsText(permissions: readonly Permission[]): string {
  const last = permissions.at(-1) ?? "";
  const others = permissions.slice(0, -1);
  return others.length === 0 ? last : `${others.join(", ")} and ${last}`;
}
