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

export interface GoodRow {
  partnerId: string;
  /** As a day, 2099-12-31. */
  ends: string;
  reach: string;
}

/** What is to become of it: each good code as its row says, and the wrong rows as a spreadsheet numbers them. */
export function expectedOf(rows: number): { good: Map<string, GoodRow>; wrong: number[] } {
  const all = Array.from({ length: rows }, (_, at) => at);
  const good = all.filter((at) => !isBad(at)).map(goodRow);
  return {
    good: new Map(
      good.map(([code, partnerId, , end, reach]) => {
        const ends = end.split(".").reverse().join("-");
        return [code, { partnerId, ends, reach }];
      }),
    ),
    wrong: all.filter(isBad).map((at) => at + 2),
  };
}

function isBad(at: number): boolean {
  return at % ROWS_TO_A_BAD_ONE === ROWS_TO_A_BAD_ONE - 1;
}

const ENDS = ["31.12.2099", "30.06.2099"];
const REACHES = ["ALWAYS", "INVOLVED", "WINNER"];

type Row = [code: string, partnerId: string, starts: string, ends: string, reach: string];

function goodRow(at: number): Row {
  const code = `SPRING-${at.toString(36).toUpperCase()}-XQ7`;
  const [ends = "", reach = ""] = [ENDS[at % ENDS.length], REACHES[at % REACHES.length]];
  return [code, String(10_000 + (at % 500)), "2026-11-01", ends, reach];
}
