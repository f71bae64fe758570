import { whyGone } from "../codes/why-ended.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { BatchPart, PlannedCode } from "./batch.ts";
import type { Run } from "./take-step.ts";
import { settlePart } from "./settle-part.ts";

/** Asks Shopify for the codes of planned parts, all at once. */
export async function askParts(
  ports: Ports,
  run: Run,
  planned: readonly BatchPart[],
): Promise<Result<null, ShopifyProblem>> {
  if (planned.length === 0) return success(null);
  const { shop, id } = run.batch;
  const numbers = await mayBeAsked(ports, run, planned);
  const codes = await ports.store.batches.listPlanned(shop, id, numbers);
  const asked = await Promise.all(
    numbers.map((number) => askPart(ports, run, number, codes.get(number) ?? [])),
  );
  const refused = asked.find((one) => !one.ok);
  return refused && !refused.ok ? failure(refused.problem) : success(null);
}

/** Written down before Shopify hears of them: a cancelled batch begins no others. */
async function mayBeAsked(
  { store }: Ports,
  { batch }: Run,
  planned: readonly BatchPart[],
): Promise<number[]> {
  const numbersOf = (parts: readonly BatchPart[]) => parts.map(({ number }) => number);
  const untried = numbersOf(planned.filter(({ tried }) => !tried));
  const noted =
    untried.length > 0 ? await store.batches.noteTried(batch.shop, batch.id, untried) : [];
  return [...numbersOf(planned.filter(({ tried }) => tried)), ...noted];
}

async function askPart(
  ports: Ports,
  { batch, discount }: Run,
  part: number,
  codes: readonly PlannedCode[],
): Promise<Result<null, ShopifyProblem>> {
  const { shopify, store, clock } = ports;
  const { shop, id } = batch;
  if (codes.length === 0) {
    await settlePart(ports, batch, part);
    return success(null);
  }
  const texts = codes.map(({ code }) => code);
  const added = await shopify.addCodes(shop, discount.shopifyId, texts);
  if (!added.ok) {
    const gone = added.problem.kind === "refused" ? whyGone(discount) : null;
    return gone === null ? added : failure({ ...added.problem, message: gone });
  }
  const { bulkCreationId } = added.value;
  await store.batches.saveAsked(shop, id, part, { bulkCreationId, askedAt: clock.now() });
  return success(null);
}
