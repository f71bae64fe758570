/** How long something takes, as exactly as anybody plans by: 1 hour, 30 hours, 5 days. */
export function hoursText(hours: number): string {
  if (hours === 1) return "1 hour";
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
