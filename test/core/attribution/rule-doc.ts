import prettier from "prettier";
import { PAIR_TABLES, type PairTable } from "./pair-tables.ts";
import { CLICKS, CODES, RULE_TABLES, type RuleTable } from "./rule-table.ts";
import type { ClickCase, CodeCase } from "./rule-table.ts";

const clicks = Object.keys(CLICKS) as ClickCase[];
const codes = Object.keys(CODES) as CodeCase[];

const INTRO = `# Who earns an order

_The tables of this page are the cases of \`rule-table.ts\` and \`pair-tables.ts\` in \`test/core/attribution\`, which the tests
run. The page is written by \`npm run docs:attribution\`._

An order may come with codes that customers typed, and with a click on a partner's link. One function,
\`core/attribution/attribute-order.ts\`, decides from both who earns which share, by the shop's rule, and says why.

- Only codes count that belonged to a partner when the order was placed. Of several partners' codes the rule chooses
  first; what is chosen then meets the click.
- One click counts: of those of which impact.com has told whose they are, or of all where it has told of none, the one of
  the most trusted source (the cart, then the checkout's pixel, then the landing page), and of its clicks the newest. Landing pages are read only where the merchant has turned that on, since Shopify notes them also
  where a visitor declined tracking.
- The same partner by code and by click is one credit, reported by the code with the click beside it. So it is where the
  rule chose another partner's code: what the click earns by it is reported by the code of the click's partner.
- Where a rule gives clicks something, only a click counts against a partner's code of which impact.com has told whose it
  is: anybody can put a click id on an order. Otherwise the code earns, and the order says that impact.com didn't tell.
- A click without any partner's code is left to impact.com's own tag, unless the rule says that it is reported.
- A click counts for the days in which impact.com counts one, by its contracts: 30, unless the rule says otherwise. Its age
  is taken at the order's time, by impact.com's clock where it has told, else by the storefront's. An older one is listed
  as too old and counts for nothing: impact.com would pay nobody by it. Where a rule gives clicks something, one that only
  the storefront's clock makes too old is looked up before it is called so.
- While a partner has a code registered as ALWAYS, impact.com doesn't track that partner's clicks. What an order gave to
  such a click would be credited to nobody. So it counts for nothing, and the code earns as if there were no click. Whether
  impact.com still tells whose such a click was is not documented: where it does, the order lists the click as not tracked,
  where it doesn't, as one that impact.com doesn't know. Only where a code of the same partner was typed on the order, a
  click that is told as theirs counts as any other: what it earns is reported by that code, and paid. What held when the click came decides: one from before the partner's
  first registration as ALWAYS, from between two of them or from after the last was tracked. Where impact.com doesn't tell
  when it came, it counts, and gives way if impact.com would not pay it.
- Where impact.com would not pay a click that was reported, as when its partner is suspended, the order is decided again
  without it, by the same rule: another click may count then, and codes that lost to this one earn. What is at impact.com
  already is changed to what its partner earns by then, and the rest is reported beside it.
- Whose a click alone was is not asked: where the rule has it reported, impact.com knows by itself, and a token without the
  permission Clicks changes nothing of it. Held back, it would cost a partner whose clicks are tracked; reported, one that
  isn't tracked costs nobody anything. Where impact.com pays nobody by it, the order fails with a sentence that says what to do.
- A rule holds for the shop. What is set for a discount, a partner or a code stands above it, and the most specific wins:
  code, then partner, then discount, then shop. It says who wins where a click meets that code; which of several codes
  counts, and what becomes of a click alone, is the shop's.
- Every change of a rule is kept with its time, and an order is judged by the rule in force when it was placed. No later
  change touches it.
- The order of discounts by which codes are chosen is a list in the rule itself, so that it is dated with the rule.

## Every rule, click and code

Anna's and Ben's codes belong to them, Cleo has no code on the order. Anna's code took off less than Ben's. The clicks of
Anna, Ben and Cleo came 3 days before the order, as did one of which impact.com hasn't told whose it was, the old one 20
days, and one 31. Ben's is not tracked, as his code is
registered as ALWAYS.
`;

const REST = `## At impact.com

| the rule                    | credit policy that registrations need                                                                                             |
| --------------------------- | --------------------------------------------------------------------------------------------------------------------------------- |
| the code wins               | ALWAYS: the code's partner is credited whoever's click came. impact.com then tracks no clicks of that partner any more, and theirs win by a typed code of theirs alone             |
| the click wins              | the click is reported without the code, so any policy serves; ALWAYS is needed all the same for orders without a click             |
| they share                  | ALWAYS. The order appears as two actions, one by the code without a click id, one by the click id without a code                   |

INVOLVED credits the code's partner only with some click of theirs on the way, WINNER only with the winning click: an
order with a code and no click would earn nobody anything there. So an order by such a code is held, under any rule, until
impact.com has told whose its clicks were, and goes with the click where that is the code's own partner's. A code registered as INVOLVED
goes with a click of its own partner's also where another partner's click counts.

## Bad input

| what comes                                           | what happens                                                                                         |
| ---------------------------------------------------- | ---------------------------------------------------------------------------------------------------- |
| an empty click id                                    | it is no click, and not listed: so a cart says that its visitor declined                               |
| a huge or binary click id, or one with spaces        | it is listed on the order as no click id, cut to what can be shown, and counts for nothing             |
| a click of another program, or unknown to impact.com | it is listed with that, and counts for nothing                                                         |
| a click of another program on an order without a partner's code | it is not looked up, and left to impact.com's tag; where the rule reports it, impact.com finds nobody to credit, and the order says so |
| a click older than impact.com counts one | it is listed as too old, and counts for nothing; the code earns |
| a click of a partner with a code registered as ALWAYS | it is listed as not tracked by impact.com, or as unknown to it where impact.com doesn't tell of it, and counts for nothing; the code earns |
| such a click where a code of its partner was typed | told as theirs it counts by the rule, and that code reports what it earns |
| such a click on an order without a partner's code | where the rule reports it, impact.com finds nobody to credit, and the order says so |
| a partner removed between click and order            | the click is listed with that, and counts for nothing; the code earns                                  |
| a click dated before the window by the storefront's clock alone | that clock may be far behind: impact.com is asked first, and its clock decides; where it doesn't tell, the click is too old |
| a click dated after the order                        | the storefront's clock is ahead: it counts as at the order                                             |
| a click whose time nobody tells                      | it is never newer than so many days                                                                    |
| a click of whom impact.com has not told yet          | the order is held for it, as docs/click-capture.md tells; then a partner's code earns whatever the rule, and a click alone is treated as any |
| a click of whom impact.com never tells, as the token lacks the permission Clicks | the same at once, and Who earns says what to do |
| a hundred partners' codes on one order               | one rule chooses one of them; shared evenly, each partner has a hundredth, to the minor unit            |
| shares that do not sum to 100%, or with more than two decimals | the rule is not saved, with a sentence at the field |
`;

/** The page as it should be, in the repository's own format. */
export async function ruleDoc(path: string): Promise<string> {
  const text = [INTRO, ...RULE_TABLES.map(tableText), ...PAIR_TABLES.map(pairText), REST].join(
    "\n",
  );
  const config = await prettier.resolveConfig(path);
  return prettier.format(text, { ...config, parser: "markdown" });
}

function tableText({ title, rows }: RuleTable): string {
  return `### ${title}\n\n${markdownTable(clicks, codes, (click, code) => rows[click][code])}\n`;
}

function pairText({ title, text, rows }: PairTable): string {
  const columns = Object.keys(Object.values(rows)[0] ?? {});
  const table = markdownTable(
    Object.keys(rows),
    columns,
    (row, column) => rows[row]?.[column] ?? "",
  );
  return `### ${title}\n\n${text}\n\n${table}\n`;
}

function markdownTable<Row extends string, Column extends string>(
  rows: Row[],
  columns: Column[],
  cell: (row: Row, column: Column) => string,
): string {
  const lines = [
    ["", ...columns],
    ["---", ...columns.map(() => "---")],
    ...rows.map((row) => [row, ...columns.map((column) => cell(row, column))]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
