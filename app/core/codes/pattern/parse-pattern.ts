import type { CodeMaking } from "../../ports/code-making.ts";
import type { Problem } from "../../result.ts";
import { LONGEST_CODE } from "../code-text.ts";
import { LONGEST_NAME, type Pattern, type PatternToken, type PatternUse } from "./pattern.ts";
import { codesInSpace, lacksRoom, namesPartner, randomLength } from "./random-space.ts";
import { readTokens } from "./read-tokens.ts";

export type PatternProblem = Problem<"pattern">;
export type ParsedPattern =
  { ok: true; value: Pattern } | { ok: false; problems: [PatternProblem, ...PatternProblem[]] };

/** Longer than impact.com's partner ids are; a longer one is found when its codes are made. */
const LONGEST_ID = 12;

export interface IntendedUse extends PatternUse {
  /** What {VALUE} stands for (discountNumber); "" for none. */
  value: string;
}

/** A pattern as typed → its tokens, or a sentence for beside the field for each thing that is wrong. */
export function parsePattern(
  text: string,
  use: IntendedUse,
  { isUnwanted }: Pick<CodeMaking, "isUnwanted">,
): ParsedPattern {
  const messages: string[] = [];
  const complain = (message: string) => messages.push(message);
  const pattern = { tokens: readTokens(text.trim(), complain) };
  // What a pattern amounts to can be said only once all of it can be read.
  if (messages.length === 0) checkCode(pattern, use, complain);
  if (messages.length === 0) checkCount(pattern, use, complain);
  for (const token of pattern.tokens) {
    if (token.kind === "text" && isUnwanted(token.text)) {
      complain(`“${token.text}” holds a word nobody wants on a coupon. Write something else.`);
    }
  }
  const [first, ...others] = [...new Set(messages)].map(problem);
  return first ? { ok: false, problems: [first, ...others] } : { ok: true, value: pattern };
}

type Complain = (message: string) => void;

/** Whether what comes out is a code. */
function checkCode(pattern: Pattern, { value }: IntendedUse, complain: Complain): void {
  const { tokens } = pattern;
  if (tokens.length === 0) complain("Enter a pattern, such as {FIRST}{VALUE}-{RANDOM:6}.");
  else if (!tokens.some((token) => givesLetters(token, value))) {
    complain("Nothing would stand in this code: the discount has no number. Add {FIRST}.");
  }
  if (tokens[0]?.kind === "text" && /^[-_]/.test(tokens[0].text)) {
    complain("A code starts with a letter or digit: leave out what stands before.");
  }
  const longest = tokens.reduce((sum, token) => sum + longestOf(token, value), 0);
  if (longest > LONGEST_CODE) {
    complain(
      `Codes could get ${longest} characters, and impact.com takes no more than ${LONGEST_CODE}. Leave out ${longest - LONGEST_CODE}.`,
    );
  }
}

/** Whether as many different codes come out as are asked for. */
function checkCount(pattern: Pattern, use: IntendedUse, complain: Complain): void {
  if (randomLength(pattern) > 0) {
    const lack = lacksRoom(pattern, codesInSpace(pattern, use));
    if (lack) complain(lack);
  } else if (use.codesEach > 1) {
    complain("All codes of a partner would be the same. Add a random part, such as {RANDOM:6}.");
  } else if (use.partners > 1 && !namesPartner(pattern)) {
    complain("All partners would get the same code. Add {FIRST}, {ID} or {RANDOM:6}.");
  }
}

function givesLetters(token: PatternToken, value: string): boolean {
  if (token.kind === "text") return /[A-Z0-9]/.test(token.text);
  return token.kind !== "value" || value !== "";
}

function longestOf(token: PatternToken, value: string): number {
  switch (token.kind) {
    case "text":
      return token.text.length;
    case "random":
      return token.length;
    case "id":
      return LONGEST_ID;
    case "value":
      return value.length;
    case "first":
    case "last":
      return LONGEST_NAME;
  }
}

function problem(message: string): PatternProblem {
  return { kind: "pattern", retry: "never", message };
}
