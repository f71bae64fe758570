import type { PatternToken } from "./pattern.ts";

const KNOWN = { FIRST: "first", LAST: "last", ID: "id", VALUE: "value" } as const;
const LONGEST_RANDOM_PART = 20;

/** Reads a pattern from left to right; whatever can't be read is complained of and left out. */
export function readTokens(text: string, complain: (message: string) => void): PatternToken[] {
  const tokens: PatternToken[] = [];
  let at = 0;
  while (at < text.length) {
    const { end, token } = text[at] === "{" ? readBraces(text, at, complain) : readText(text, at);
    if (token?.kind === "text") checkText(token.text, complain);
    if (token) tokens.push(token);
    at = end;
  }
  return tokens.map((token) =>
    token.kind === "text" ? { kind: "text", text: token.text.toUpperCase() } : token,
  );
}

interface Read {
  token: PatternToken | null;
  /** Where the next token begins. */
  end: number;
}

function readText(text: string, at: number): Read {
  const brace = text.indexOf("{", at);
  const end = brace === -1 ? text.length : brace;
  return { token: { kind: "text", text: text.slice(at, end) }, end };
}

function readBraces(text: string, at: number, complain: (message: string) => void): Read {
  const close = text.indexOf("}", at);
  const nextOpen = text.indexOf("{", at + 1);
  if (close === -1 || (nextOpen !== -1 && nextOpen < close)) {
    const end = nextOpen === -1 ? text.length : nextOpen;
    complain(`“${text.slice(at, end)}” has no closing brace. Write it like {FIRST}.`);
    return { token: null, end };
  }
  const token = readToken(text.slice(at + 1, close), complain);
  return { token, end: close + 1 };
}

function readToken(inside: string, complain: (message: string) => void): PatternToken | null {
  const [name = "", ...rest] = inside.trim().toUpperCase().split(":");
  if (name === "RANDOM") return readRandom(rest.join(":").trim(), complain);
  if (!Object.hasOwn(KNOWN, name)) {
    complain(`{${inside}} is no token. Use {FIRST}, {LAST}, {ID}, {VALUE} or {RANDOM:6}.`);
    return null;
  }
  if (rest.length > 0) complain(`{${inside}} takes no number. Write {${name}}.`);
  return { kind: KNOWN[name as keyof typeof KNOWN] };
}

function readRandom(text: string, complain: (message: string) => void): PatternToken | null {
  const length = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (length >= 1 && length <= LONGEST_RANDOM_PART) return { kind: "random", length };
  complain(
    `Give a random part 1 to ${LONGEST_RANDOM_PART} characters: {RANDOM:6} draws six of them.`,
  );
  return null;
}

function checkText(text: string, complain: (message: string) => void): void {
  if (text.includes("}")) complain("A closing brace has no opening one. Write it like {FIRST}.");
  const strange = [...new Set(text.match(/[^A-Za-z0-9_}-]/gu) ?? [])].map((c) =>
    /\s/.test(c) ? "spaces" : `“${c}”`,
  );
  if (strange.length === 0) return;
  complain(
    `Codes have only letters A–Z, digits, hyphens and underscores: leave out ${[...new Set(strange)].join(", ")}.`,
  );
}
