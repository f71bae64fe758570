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

/** 200,000 rows, 500 of them wrong in thirteen ways; the others have begun, whatever the day. */
export function* bigTable(): Generator<string[]> {
  yield HEADINGS;
  for (let at = 0; at < 200_000; at += 1) {
    const code = `SPRING-${at.toString(36).toUpperCase()}-XQ7`;
    const bad = at % 400 === 399 ? BAD[Math.floor(at / 400) % BAD.length] : undefined;
    yield bad?.(code) ?? [code, String(10_000 + (at % 500)), "2026-11-01", "31.12.2099", "ALWAYS"];
  }
}
