import {
  draftFamilies,
  draftShapes,
  type DrawnFor,
  type NamedDraft,
} from "../codes/families/draft-families.ts";
import {
  clashesAmong,
  clashesAtImpact,
  clashesHere,
  clashesOfCodes,
} from "../codes/families/find-clashes.ts";
import { parsePattern, type IntendedUse } from "../codes/pattern/parse-pattern.ts";
import type { ShopDomain } from "../ids.ts";
import type { ListedPromoCode } from "../ports/impact.ts";
import type { CodeMaking } from "../ports/code-making.ts";
import type { Stores } from "../ports/store.ts";

/** A form's pattern, which can be read, and whom it is for. */
export interface DrawnCodes {
  shop: ShopDomain;
  /** As typed. */
  pattern: string;
  use: IntendedUse;
  partners: readonly DrawnFor[];
}

type Checked = { ok: true; families: NamedDraft[] } | { ok: false; message: string };

/**
 * Whether codes of this pattern can be families that match nobody else's: among themselves, and with
 * the shop's families, its codes and what stands at impact.com. To be called where families are held.
 */
export async function checkFamilies(
  tools: { tx: Pick<Stores, "families">; codeMaking: CodeMaking },
  drawn: DrawnCodes,
  registered: readonly ListedPromoCode[],
): Promise<Checked> {
  const checked = await findClashes(tools, drawn, registered);
  if (checked.ok || checked.clashes.length === 0) return checked;
  const better = withId(drawn.pattern);
  const isBetter =
    better !== null && (await findClashes(tools, { ...drawn, pattern: better }, registered)).ok;
  return { ok: false, message: sayClashes(checked.clashes, isBetter ? better : null) };
}

type Found =
  { ok: true; families: NamedDraft[] } | { ok: false; message: string; clashes: string[] };

async function findClashes(
  { tx, codeMaking }: { tx: Pick<Stores, "families">; codeMaking: CodeMaking },
  { shop, pattern, use, partners }: DrawnCodes,
  registered: readonly ListedPromoCode[],
): Promise<Found> {
  const parsed = parsePattern(pattern, use, codeMaking);
  if (!parsed.ok) return { ok: false, message: parsed.problems[0].message, clashes: [] };
  const drafted = draftFamilies(parsed.value, partners);
  if (!drafted.ok) return { ok: false, message: drafted.problem.message, clashes: [] };
  const families = drafted.value;
  const clashes = [
    ...clashesAmong(families),
    ...(await clashesHere(tx, shop, families)),
    ...clashesAtImpact(families, registered),
  ];
  return clashes.length > 0 ? { ok: false, message: "", clashes } : { ok: true, families };
}

/** Why codes of this pattern, registered one by one, would be other partners'; null where they would not. */
export async function codesOfOthers(
  { tx, codeMaking }: { tx: Pick<Stores, "families">; codeMaking: CodeMaking },
  { shop, pattern, use, partners }: DrawnCodes,
): Promise<string | null> {
  const parsed = parsePattern(pattern, use, codeMaking);
  if (!parsed.ok) return null;
  const drafts = draftShapes(parsed.value, partners);
  const clashes = await clashesOfCodes(tx, shop, drafts);
  return clashes.length > 0 ? `${sayFirst(clashes)} Start the pattern with another word.` : null;
}

/** The partner's id keeps any two of them apart, set off from the name before it. */
function withId(pattern: string): string | null {
  if (/\{\s*id\s*\}/i.test(pattern)) return null;
  const better = pattern.replace(/\{\s*random/i, "{ID}-$&");
  return better === pattern ? null : better;
}

function sayClashes(clashes: readonly string[], better: string | null): string {
  const advice = better ? `Use the pattern ${better}` : "Start the pattern with another word";
  return `${sayFirst(clashes)} ${advice}, or register the codes one by one.`;
}

const MOST_SAID = 3;

function sayFirst(clashes: readonly string[]): string {
  const more = clashes.length - MOST_SAID;
  const rest = more > 0 ? ` And ${more.toLocaleString("en")} more clashes like these.` : "";
  return `${clashes.slice(0, MOST_SAID).join(" ")}${rest}`;
}
