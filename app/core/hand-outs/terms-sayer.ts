import type { Discount } from "../codes/discount.ts";
import { termsSentence } from "./terms-sentence.ts";

const MOST_REMEMBERED = 1_000;

/** Says the terms of many codes of few discounts: a sentence costs more than all else about a code. */
export function termsSayer(at: { timeZone: string; now: Date }): (discount: Discount) => string {
  const said = new Map<string, string>();
  return (discount) => {
    const { id, startsAt, endsAt } = discount;
    // A start that has passed is not said.
    const start = startsAt > at.now ? startsAt.getTime() : "";
    const key = `${id} ${start} ${endsAt?.getTime() ?? ""}`;
    const sentence = said.get(key) ?? termsSentence(discount, at);
    if (said.size >= MOST_REMEMBERED) said.clear();
    said.set(key, sentence);
    return sentence;
  };
}
