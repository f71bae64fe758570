import type { DiscountCode } from "../../ids.ts";
import type { CodeNames } from "./code-names.ts";

export interface CodeWarning {
  reason: "short" | "name" | "word" | "number";
  /** Says why, and what to do. */
  message: string;
}

const SHORT_BELOW = 6;

/**
 * Why a code that was typed, uploaded or adopted is easily found by trying; null where it is not.
 * Never a reason to refuse it. Codes the app has drawn are judged by their pattern instead.
 */
export function warnCode(code: DiscountCode, names: CodeNames | null): CodeWarning | null {
  const reason = reasonFor(code, names);
  return reason && { reason, message: `${WHY[reason](code)} ${ADVICE}` };
}

const ADVICE = "A code with four or more random characters is safer.";

const WHY: Record<CodeWarning["reason"], (code: DiscountCode) => string> = {
  short: (code) =>
    `${code} is only ${code.length} character${code.length === 1 ? "" : "s"} long: codes under ${SHORT_BELOW} are found by trying all of them.`,
  name: (code) =>
    `${code} is the partner's name with little or nothing random: whoever knows the name can guess it.`,
  word: (code) =>
    `${code} is made of words and numbers with little or nothing random: people and scripts try such codes first.`,
  number: (code) =>
    `${code} is a number that is easily guessed: its digits repeat or count up or down.`,
};

function reasonFor(code: DiscountCode, names: CodeNames | null): CodeWarning["reason"] | null {
  if (code.length < SHORT_BELOW) return "short";
  const rest = withoutNames(code, names);
  if (holdsRandomPart(rest)) return null;
  if (rest !== code) return "name";
  return /[A-Z]/.test(code) ? "word" : "number";
}

/** A separator stands for a name, so that what lay around it is not read as one word. */
function withoutNames(code: string, names: CodeNames | null): string {
  const known = [names?.first, names?.last].filter((name) => name && name.length > 1);
  return known.reduce<string>((rest, name) => rest.replace(name ?? "", "-"), code);
}

/** Letters change to digits and back too often for words, or a stretch is neither word nor number. */
function holdsRandomPart(text: string): boolean {
  return text.split(/[-_]+/).some((segment) => {
    const runs = segment.match(/[A-Z]+|\d+/g) ?? [];
    return runs.length > MOST_RUNS || runs.some((run) => isRandom(run));
  });
}

/** A word and a number, in either order. */
const MOST_RUNS = 2;

function isRandom(run: string): boolean {
  if (/^\d/.test(run)) return run.length > 4 && !repeatsOrCounts(run);
  return run.length > 3 && !isPronounceable(run);
}

/** Words have a vowel in three or four letters and, even two of them together, few consonants in a row. */
function isPronounceable(run: string): boolean {
  const vowels = run.replace(/[^AEIOUY]/g, "").length;
  return vowels >= run.length * 0.28 && !/[^AEIOUY]{5}/.test(run);
}

/** 111111, 123456, 987654 */
function repeatsOrCounts(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, at) => Number(digit) - Number(digits[at]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
