import type { CodePlan, LeftOut } from "./batch.ts";
import type { Undrawn, Wanted } from "./draw-free.ts";

/** A plan once all of these were drawn, but those that could not be: they are left out. */
export function goOn(
  plan: CodePlan,
  wanted: readonly Wanted[],
  undrawn: readonly Undrawn[],
): CodePlan {
  const missing = new Map(undrawn.map((one) => [one.partnerId, one]));
  const leftOut = [...(plan.leftOut ?? [])];
  let { drawn } = plan;
  for (const { partnerId, count } of wanted) {
    drawn += count;
    const one = missing.get(partnerId);
    if (one) leftOut.push({ ...one, at: drawn - one.count });
  }
  return { ...plan, drawn, ...(leftOut.length > 0 && { leftOut }) };
}

/** A plan as it was before its last codes were drawn, so many of them: what was left out since is tried again. */
export function goBack(plan: CodePlan, codes: number): CodePlan {
  const leftOut = [...(plan.leftOut ?? [])];
  let { drawn } = plan;
  for (let left = codes; left > 0 && drawn > 0;) {
    const last = leftOut.at(-1);
    const end = last ? last.at + last.count : 0;
    if (last && end === drawn) {
      drawn = last.at;
      leftOut.pop();
      continue;
    }
    const some = Math.min(left, drawn - end);
    drawn -= some;
    left -= some;
  }
  return { ...plan, drawn, ...(plan.leftOut && { leftOut }) };
}

export function countLeftOut(plan: CodePlan | null): number {
  return (plan?.leftOut ?? []).reduce((sum: number, { count }: LeftOut) => sum + count, 0);
}
