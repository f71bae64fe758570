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
  const seek = textFinder(text);
  for (const [index, end] of longDigits(text)) {
    const digits = text.slice(index, end);
    const isWhole = !/[\d.eE+-]/.test(text[index - 1] ?? "") && !/[.eE]/.test(text[end] ?? "");
    if (!isWhole || Number.isSafeInteger(Number(digits)) || seek(index)) continue;
    quoted += `${text.slice(done, index)}"${digits}"`;
    done = end;
  }
  return done === 0 ? text : quoted + text.slice(done);
}

/** From where to where runs of 16 digits or more go. Any of them holds one of every 16th places. */
function longDigits(text: string): [number, number][] {
  const runs: [number, number][] = [];
  for (let place = LONG - 1; place < text.length; place += LONG) {
    if (!isDigit(text, place)) continue;
    let start = place;
    while (isDigit(text, start - 1)) start -= 1;
    let end = place + 1;
    while (isDigit(text, end)) end += 1;
    if (end - start < LONG) continue;
    runs.push([start, end]);
    while (place + LONG < end) place += LONG;
  }
  return runs;
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
