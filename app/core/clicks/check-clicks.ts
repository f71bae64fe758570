import type { MeetingForm, RuleForm, RuleProblem } from "../attribution/read-rule.ts";
import { choiceGivesClicks } from "../attribution/rule.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** No click's: of one that doesn't exist too, impact.com tells only a token that may read clicks. */
const MADE_UP = "permission-check";

type Chosen = Pick<MeetingForm, "meeting"> & Partial<Pick<RuleForm, "clickAlone">>;

/**
 * Of a rule that gives clicks something: a sentence at its field where the access token may not read
 * clicks, for the rule does nothing then. An outage says nothing of the token.
 */
export async function checkClicks(
  { store, clock, impact }: Pick<Ports, "store" | "clock" | "impact">,
  { shop, ...chosen }: { shop: ShopDomain } & Chosen,
): Promise<RuleProblem[]> {
  if (!choiceGivesClicks(chosen)) return [];
  const field = choiceGivesClicks({ meeting: chosen.meeting }) ? "meeting" : "clickAlone";
  const connection = await store.connections.find(shop);
  if (!connection?.program) return [];
  const { credentials, program } = connection;
  const { programId } = program;
  const found = await impact.findClick(credentials, { programId, clickId: MADE_UP });
  const isMissing = !found.ok && found.problem.kind === "missing-scope";
  if (!found.ok && !isMissing) return [];
  const verdict = isMissing ? ("not-told" as const) : ("unknown-there" as const);
  const lookUp = { clickId: MADE_UP, verdict, partner: null, clickedAt: null };
  await store.clicks.saveLookUp(shop, lookUp, clock.now());
  return isMissing ? [{ field, message: `${LACKS} ${SO[field]} ${TICK}` }] : [];
}

const LACKS =
  "The rule is saved, but your access token lacks the permission Clicks: impact.com doesn't tell whose a click is.";
/** A click alone goes to impact.com all the same, which pays by it or doesn't. */
const SO = {
  meeting: "So a partner's code earns whatever click came with it.",
  clickAlone:
    "An order with a click alone is reported all the same. Where impact.com doesn't track that click, it pays nobody, and you find the order on the Problems page.",
};
const TICK =
  "At impact.com, under Settings → Technical → API, edit the token and tick Clicks. Orders that come after that are judged by whose click it was.";
