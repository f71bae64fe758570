/** How long a new action may take to show in impact.com's list; not documented, so generous. */
export const LIST_LAG_MS = 6 * 3_600_000;
