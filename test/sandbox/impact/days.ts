export function days(count: number): number {
  return count * 24 * 60 * 60 * 1000;
}
