/** What a weight is of the sum of all: "33.33%" where that is all of it, else to one decimal, "33.3%". */
export function percentText(weight: number, whole: number): string {
  const hundredths = (10_000 * weight) / whole;
  const isExact = Number.isInteger(hundredths);
  return `${isExact ? hundredths / 100 : Number((hundredths / 100).toFixed(1))}%`;
}
