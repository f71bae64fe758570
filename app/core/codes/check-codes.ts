import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection, Program } from "../program/program.ts";
import { whyRegistered, type AtImpact } from "../uploads/look-up-at-impact.ts";
import { isOfFamily, joinFamilies } from "./families/join-families.ts";
import { parseCode } from "./code-text.ts";
import { warnNamedCode } from "./warn-named-code.ts";
import { whyNotOurs, type WantedRegistration } from "./why-not-ours.ts";

export interface TypedCode {
  partnerId: PartnerId;
  /** As typed. */
  code: string;
}

/** `problem` is null where the code can be made; it is a sentence for beside the field otherwise. */
export interface CodeCheck {
  partnerId: PartnerId;
  code: DiscountCode | null;
  problem: string | null;
  /** Why a code that can be made is easily guessed; never a reason not to make it. */
  warning: string | null;
}

/** How many codes are asked about at a time. */
const AT_A_TIME = 8;

interface Input {
  shop: ShopDomain;
  codes: TypedCode[];
  /** The discount's time, where it is known: a registration that stands already must cover it. */
  during?: WantedRegistration["during"];
  /** What stands at impact.com, read at the first call; without it no code is compared with expressions. */
  lookUp?: () => Promise<AtImpact>;
}

/**
 * Checks codes before anything is made: their text, each other, our own table, Shopify, impact.com.
 * A side that can't be asked is a problem too: a code nobody checked could earn nobody.
 */
export async function checkCodes(
  ports: Ports,
  { shop, codes, during = null, lookUp }: Input,
): Promise<CodeCheck[]> {
  const connection = await ports.store.connections.find(shop);
  const checks = checkTexts(codes);
  const open = checks.filter(({ problem }) => problem === null);
  for (let from = 0; from < open.length; from += AT_A_TIME) {
    const problems = open.slice(from, from + AT_A_TIME).map(async (check) => {
      const { code, partnerId } = check;
      if (code === null) return;
      check.problem = await findProblem(ports, {
        ...{ shop, code, partnerId, during, connection, lookUp },
      });
      if (check.problem === null)
        check.warning = await warnNamedCode(ports, { shop, ...check, code });
    });
    await Promise.all(problems);
  }
  return checks;
}

/** What the form alone tells: texts that are no codes, and codes that stand in it twice. */
function checkTexts(codes: TypedCode[]): CodeCheck[] {
  const seen = new Set<DiscountCode>();
  return codes.map(({ partnerId, code: text }) => {
    const parsed = parseCode(text);
    if (!parsed.ok) {
      return { partnerId, code: null, problem: parsed.problem.message, warning: null };
    }
    const code = parsed.value;
    const problem = seen.has(code)
      ? "This code stands here twice. Give each partner a code of their own."
      : null;
    seen.add(code);
    return { partnerId, code, problem, warning: null };
  });
}

interface Question extends WantedRegistration {
  code: DiscountCode;
  shop: ShopDomain;
  connection: Connection | null;
  lookUp: (() => Promise<AtImpact>) | undefined;
}

async function findProblem(ports: Ports, question: Question): Promise<string | null> {
  return (
    (await problemHere(ports, question)) ??
    (await problemAtShopify(ports, question)) ??
    (await problemAtImpact(ports, question)) ??
    (await problemOfExpressions(question))
  );
}

async function problemHere({ store }: Ports, asked: Question): Promise<string | null> {
  const { shop, code } = asked;
  const ours = await store.codes.findByCode(shop, code);
  if (!ours) {
    const [other] = (await joinFamilies(store, shop, [asked])).others;
    return other ? isOfFamily(code, other.family) : null;
  }
  const owner = ours.partner ? ` and belongs to ${ours.partner.name}` : "";
  return `${code} is one of your codes already${owner}. Choose another.`;
}

async function problemAtShopify(ports: Ports, { shop, code }: Question): Promise<string | null> {
  const found = await ports.shopify.findDiscountByCode(shop, code);
  if (!found.ok) return `${code} could not be checked in Shopify. ${found.problem.message}`;
  if (!found.value) return null;
  return `${code} is taken in Shopify by the discount “${found.value.title}”. Choose another code.`;
}

async function problemAtImpact(
  ports: Ports,
  { connection, ...wanted }: Question,
): Promise<string | null> {
  if (!connection?.program) return null;
  const { code } = wanted;
  const found = await findAtImpact(ports, connection, connection.program, code);
  if (!found.ok) return `${code} could not be checked at impact.com. ${found.problem.message}`;
  const reason = found.value && whyNotOurs(found.value, wanted);
  return reason && `${reason}. Choose another code, or expire it there first.`;
}

/** Families are told of before; here it is whatever else matches the code. */
async function problemOfExpressions({ lookUp, ...wanted }: Question): Promise<string | null> {
  if (!lookUp) return null;
  const { findStanding } = await lookUp();
  const expressions = findStanding(wanted.code).filter(({ isPattern }) => isPattern);
  return whyRegistered(expressions, wanted);
}

function findAtImpact(
  ports: Ports,
  connection: Connection,
  program: Program,
  code: DiscountCode,
): ReturnType<Ports["impact"]["findPromoCode"]> {
  const now = ports.clock.now();
  const query = { programId: program.programId, code, now, priority: "asked" as const };
  return ports.impact.findPromoCode(connection.credentials, query);
}
