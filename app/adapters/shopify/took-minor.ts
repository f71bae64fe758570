/** A typed code and which of the order's discount applications it is. */
export interface TypedCode {
  code: string;
  application: number;
}

/** What each code took off the lines, in turn. An allocation that names no application is nobody's. */
export function tookMinor(
  typed: readonly TypedCode[],
  allocations: readonly { application: number | null; minor: number }[],
): number[] {
  const took = new Map<number | null, number>();
  for (const { application, minor } of allocations) {
    took.set(application, (took.get(application) ?? 0) + minor);
  }
  return typed.map(({ application }) => took.get(application) ?? 0);
}
