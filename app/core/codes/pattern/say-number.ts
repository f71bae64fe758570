const UNITS: readonly [number, string][] = [
  [1e18, "quintillion"],
  [1e15, "quadrillion"],
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
];

/** A number as people read it, never more than it is: 12, 8,000, 1.28 billion, 729 million. */
export function sayNumber(number: number): string {
  if (number >= 1e21) return "more than 999 quintillion";
  const [size, unit] = UNITS.find(([size]) => number >= size) ?? [1, ""];
  // Three digits tell enough of a large number.
  const digits = unit === "" ? 0 : Math.max(0, 2 - Math.floor(Math.log10(number / size)));
  const rounded = Math.floor((number / size) * 10 ** digits) / 10 ** digits;
  return `${rounded.toLocaleString("en")}${unit && ` ${unit}`}`;
}
