import { foldWord } from "./fold-text.ts";

/**
 * Which orders with the code its partner is credited for: impact.com's `CreditPolicy`
 * ("Create a promo code" in impact.com's API reference). Orders without any click need ALWAYS.
 */
export type Reach = "ALWAYS" | "INVOLVED" | "WINNER";

/**
 * The words a file may use: impact.com's values (`CreditPolicy` of the API, `Credit Rule` of the
 * bulk-upload template), and what each of them means in a word or two.
 */
const WORDS: Record<Reach, string[]> = {
  ALWAYS: ["always", "always credit", "all orders", "all", "immer", "toujours", "siempre"],
  INVOLVED: ["involved", "any click", "involved click", "beteiligt", "impliqué", "involucrado"],
  WINNER: ["winner", "winning click", "gewinner", "gagnant", "ganador"],
};

const REACH_BY_WORD = new Map(
  (["ALWAYS", "INVOLVED", "WINNER"] as const).flatMap((reach) =>
    WORDS[reach].map((word) => [foldWord(word), reach] as const),
  ),
);

/** The reach that a word stands for; null for any other word. */
export function parseReach(text: string): Reach | null {
  return REACH_BY_WORD.get(foldWord(text)) ?? null;
}
