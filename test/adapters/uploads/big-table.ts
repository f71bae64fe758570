const HEADINGS = ["Promo Code", "Media Partner Id", "Start Date", "End Date", "Credit Rule"];

const BAD: ((code: string) => string[])[] = [
  () => ["", "10001"],
  () => ["=1+1", "10001"],
  (code) => [`${code} ${code}`, "10001"],
  (code) => [code.repeat(10), "10001"],
  (code) => [code, ""],
  (code) => [code, "Nobody"],
  (code) => [code, "Partner 0"],
  (code) => [code, "nobody@x.example"],
  (code) => [code, "10001", "soon"],
  (code) => [code, "10001", "", "01/02/2027"],
  (code) => [code, "10001", "2027-02-01", "2027-01-01"],
  (code) => [code, "10001", "", "", "sometimes"],
  () => ["spring-0-xq7", "10001"],
];

const ROWS = 200_000;
/** Each of so many rows is the last one, and that one is wrong. */
const ROWS_TO_A_BAD_ONE = 400;

/** One row in 400 is wrong, in thirteen ways; the others have begun, whatever the day. */
export function* bigTable(rows = ROWS): Generator<string[]> {
  yield HEADINGS;
  for (let at = 0; at < rows; at += 1) {
    const good = goodRow(at);
    const bad = BAD[Math.floor(at / ROWS_TO_A_BAD_ONE) % BAD.length] ?? (() => good);
    yield isBad(at) ? bad(good[0]) : good;
  }
}

/** What is to become of it: the partner of each good code, and the wrong rows as a spreadsheet numbers them. */
export function expectedOf(rows: number): { partners: Map<string, string>; wrong: number[] } {
  const all = Array.from({ length: rows }, (_, at) => at);
  const good = all.filter((at) => !isBad(at)).map(goodRow);
  return {
    partners: new Map(good.map(([code, partnerId]) => [code, partnerId])),
    wrong: all.filter(isBad).map((at) => at + 2),
  };
}

function isBad(at: number): boolean {
  return at % ROWS_TO_A_BAD_ONE === ROWS_TO_A_BAD_ONE - 1;
}

function goodRow(at: number): [code: string, partnerId: string, ...string[]] {
  const code = `SPRING-${at.toString(36).toUpperCase()}-XQ7`;
  return [code, String(10_000 + (at % 500)), "2026-11-01", "31.12.2099", "ALWAYS"];
}
