import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection, Program } from "../program/program.ts";
import { parseCode } from "./code-text.ts";

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
}

/**
 * Checks codes before anything is made: their text, each other, our own table, Shopify, impact.com.
 * A side that can't be asked is a problem too: a code nobody checked could earn nobody.
 */
export async function checkCodes(
  ports: Ports,
  { shop, codes }: { shop: ShopDomain; codes: TypedCode[] },
): Promise<CodeCheck[]> {
  const connection = await ports.store.connections.find(shop);
  const seen = new Map<DiscountCode, PartnerId>();
  const checks: CodeCheck[] = [];
  for (const { partnerId, code: text } of codes) {
    const parsed = parseCode(text);
    if (!parsed.ok) {
      checks.push({ partnerId, code: null, problem: parsed.problem.message });
      continue;
    }
    const code = parsed.value;
    const problem = seen.has(code)
      ? "This code stands here twice. Give each partner a code of their own."
      : await findProblem(ports, { shop, code, partnerId, connection });
    seen.set(code, partnerId);
    checks.push({ partnerId, code, problem });
  }
  return checks;
}

interface Question {
  shop: ShopDomain;
  code: DiscountCode;
  partnerId: PartnerId;
  connection: Connection | null;
}

async function findProblem(ports: Ports, question: Question): Promise<string | null> {
  return (
    (await problemHere(ports, question)) ??
    (await problemAtShopify(ports, question)) ??
    (await problemAtImpact(ports, question))
  );
}

async function problemHere(ports: Ports, { shop, code }: Question): Promise<string | null> {
  const ours = await ports.store.codes.findByCode(shop, code);
  if (!ours) return null;
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
  { code, partnerId, connection }: Question,
): Promise<string | null> {
  if (!connection?.program) return null;
  const found = await findAtImpact(ports, connection, connection.program, code);
  if (!found.ok) return `${code} could not be checked at impact.com. ${found.problem.message}`;
  if (!found.value || found.value.partnerId === partnerId) return null;
  const owner = found.value.partnerName || `partner ${found.value.partnerId}`;
  return `${code} is registered to ${owner} at impact.com. Choose another code, or expire it there first.`;
}

function findAtImpact(
  ports: Ports,
  connection: Connection,
  program: Program,
  code: DiscountCode,
): ReturnType<Ports["impact"]["findPromoCode"]> {
  const query = { programId: program.programId, code, priority: "read" as const };
  return ports.impact.findPromoCode(connection.credentials, query);
}
