/** Only a number of that many digits can pass 2^53. */
const LONG = 16;

/**
 * JSON.parse that keeps whole numbers beyond 2^53 as the digits that were sent: Shopify's ids are
 * such numbers. Throws SyntaxError like JSON.parse.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(quoteLongNumbers(text));
}

/**
 * A reviver that looks at source texts, or an expression that steps over every text, takes several
 * times as long, and deliveries wait for this: only the places with many digits are looked at.
 */
function quoteLongNumbers(text: string): string {
  let quoted = "";
  let done = 0;
  const isInText = textFinder(text);
  for (const { start, end } of longDigits(text)) {
    if (!mayBeNumber(text, start, end)) continue;
    const digits = text.slice(start, end);
    if (Number.isSafeInteger(Number(digits))) continue;
    if (!followsName(text, start) && isInText(start)) continue;
    quoted += `${text.slice(done, start)}"${digits}"`;
    done = end;
  }
  return done === 0 ? text : quoted + text.slice(done);
}

/** Runs of 16 digits or more. Any of them holds one of every 16th places. */
function longDigits(text: string): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  let place = LONG - 1;
  while (place < text.length) {
    let end = place;
    if (isDigit(text, place)) {
      let start = place;
      while (isDigit(text, start - 1)) start -= 1;
      while (isDigit(text, end)) end += 1;
      if (end - start >= LONG) runs.push({ start, end });
    }
    place = end + LONG;
  }
  return runs;
}

/** By what stands before and after it: a whole number, or a part of a text that looks like one. */
function mayBeNumber(text: string, start: number, end: number): boolean {
  const isApart = start === 0 || ":,[ \n\r\t".includes(text.charAt(start - 1));
  return isApart && (end === text.length || !".eE".includes(text.charAt(end)));
}

const LETTER_OR_DIGIT = /\w/;

/** A quote after a letter or digit is not escaped and ends a text: one before a colon, a name. */
function followsName(text: string, start: number): boolean {
  const isAfterQuote = text.charAt(start - 1) === ":" && text.charAt(start - 2) === '"';
  return isAfterQuote && LETTER_OR_DIGIT.test(text.charAt(start - 3));
}

function isDigit(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return code >= 48 && code <= 57;
}

/** Tells, for growing places, whether one lies within a text. */
function textFinder(json: string): (place: number) => boolean {
  let isInside = false;
  let quote = json.indexOf('"');
  return (place) => {
    while (quote !== -1 && quote < place) {
      if (!isInside || !isEscaped(json, quote)) isInside = !isInside;
      quote = json.indexOf('"', quote + 1);
    }
    return isInside;
  };
}

/** By an odd number of backslashes. */
function isEscaped(json: string, place: number): boolean {
  let before = place;
  while (json[before - 1] === "\\") before -= 1;
  return (place - before) % 2 === 1;
}
