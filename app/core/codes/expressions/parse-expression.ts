/** What a regular expression says, piece by piece. */
export type Piece =
  | { kind: "one"; accepts: Accepts }
  | { kind: "edge"; at: "start" | "end" }
  | { kind: "row"; pieces: Piece[] }
  | { kind: "either"; pieces: Piece[] }
  /** `most` null: without end. */
  | { kind: "repeat"; piece: Piece; least: number; most: number | null };

export type Accepts = (char: string) => boolean;

const LONGEST = 500;
const MOST_REPEATS = 1_000;

interface Reader {
  text: string;
  at: number;
}

/**
 * Reads the part of regular expressions that all dialects share; which one impact.com speaks is not
 * documented. Null for anything else: look-around, back references, \b and the like.
 */
export function parseExpression(expression: string): Piece | null {
  if (expression.length > LONGEST) return null;
  const reader = { text: expression.replace(/^\(\?i\)/, ""), at: 0 };
  const piece = readEither(reader);
  return reader.at === reader.text.length ? piece : null;
}

function peek({ text, at }: Reader): string {
  return text.charAt(at);
}

function take(reader: Reader, char: string): boolean {
  if (peek(reader) !== char) return false;
  reader.at += 1;
  return true;
}

function takeAny(reader: Reader): string {
  const char = peek(reader);
  reader.at += 1;
  return char;
}

function readEither(reader: Reader): Piece | null {
  const pieces: Piece[] = [];
  do {
    const row = readRow(reader);
    if (!row) return null;
    pieces.push(row);
  } while (take(reader, "|"));
  return { kind: "either", pieces };
}

function readRow(reader: Reader): Piece | null {
  const pieces: Piece[] = [];
  while (!["", "|", ")"].includes(peek(reader))) {
    const one = readOne(reader);
    const repeated = one && readRepeat(reader, one);
    if (!repeated) return null;
    pieces.push(repeated);
  }
  return { kind: "row", pieces };
}

function readOne(reader: Reader): Piece | null {
  const char = takeAny(reader);
  switch (char) {
    case "(":
      return readGroup(reader);
    case "[":
      return readClass(reader);
    case "^":
      return { kind: "edge", at: "start" };
    case "$":
      return { kind: "edge", at: "end" };
    case ".":
      return { kind: "one", accepts: () => true };
    case "\\":
      return one(readEscape(reader));
    default:
      return "*+?{".includes(char) ? null : one(inEitherCase((other) => other === char));
  }
}

/** Whether case counts is documented both ways, and codes are sent in upper case. */
function inEitherCase(accepts: Accepts): Accepts {
  return (char) => accepts(char) || accepts(char.toLowerCase());
}

function one(accepts: Accepts | null): Piece | null {
  return accepts && { kind: "one", accepts };
}

function readGroup(reader: Reader): Piece | null {
  if (take(reader, "?") && !take(reader, ":")) return null;
  const inside = readEither(reader);
  return take(reader, ")") ? inside : null;
}

function readRepeat(reader: Reader, piece: Piece): Piece | null {
  const times = readTimes(reader);
  if (times === "once") return piece;
  if (times === null) return null;
  // Lazy or possessive: what it matches is the same, or less.
  if (!take(reader, "?")) take(reader, "+");
  return { kind: "repeat", piece, ...times };
}

function readTimes(reader: Reader): { least: number; most: number | null } | "once" | null {
  if (take(reader, "*")) return { least: 0, most: null };
  if (take(reader, "+")) return { least: 1, most: null };
  if (take(reader, "?")) return { least: 0, most: 1 };
  if (peek(reader) !== "{") return "once";
  const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(reader.text.slice(reader.at));
  if (!found) return null;
  reader.at += found[0].length;
  const least = Number(found[1]);
  const isOpen = found[2] !== undefined && found[3] === "";
  const most = isOpen ? null : Number(found[3] ?? found[1]);
  return least > MOST_REPEATS || (most ?? 0) > MOST_REPEATS ? null : { least, most };
}

const SETS: Record<string, RegExp> = {
  ...{ d: /^\d$/, D: /^\D$/, w: /^\w$/, W: /^\W$/, s: /^\s$/, S: /^\S$/ },
};

function readEscape(reader: Reader): Accepts | null {
  const char = takeAny(reader);
  const set = SETS[char];
  if (set) return (other) => set.test(other);
  // Of other letters and digits each dialect makes something else.
  return char === "" || /[a-z0-9]/i.test(char) ? null : (other) => other === char;
}

function readClass(reader: Reader): Piece | null {
  const isNegated = take(reader, "^");
  const members: Accepts[] = [];
  for (let isFirst = true; isFirst || peek(reader) !== "]"; isFirst = false) {
    const member = readMember(reader);
    if (!member) return null;
    members.push(member);
  }
  reader.at += 1;
  const holds: Accepts = (char) => members.some((accepts) => accepts(char));
  return one(isNegated ? (char) => !holds(char) : inEitherCase(holds));
}

/** One character, a range or an escape; null for what dialects read differently, and for no end. */
function readMember(reader: Reader): Accepts | null {
  const from = takeAny(reader);
  if (from === "" || from === "[" || (from === "&" && peek(reader) === "&")) return null;
  if (from === "\\") return readEscape(reader);
  const isRange = peek(reader) === "-" && reader.text.charAt(reader.at + 1) !== "]";
  if (!isRange) return (char) => char === from;
  reader.at += 1;
  const to = takeAny(reader);
  return to === "" || "\\[".includes(to) || to < from ? null : (char) => from <= char && char <= to;
}
