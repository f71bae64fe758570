import type { Ports } from "../ports/ports.ts";
import type { CodeCreation, ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { BatchPart } from "./batch.ts";
import type { Run } from "./make-codes.ts";
import { redrawTaken } from "./redraw-taken.ts";
import { settlePart } from "./settle-part.ts";
import { settleTaken } from "./settle-taken.ts";

/** Each is written in a commit of its own: more would only wait for the database's connections. */
const AT_ONCE = 8;

/** What reading one part has brought: settled, not done yet, or nothing said of any code. */
type Read = Result<"settled" | "open" | "lost", ShopifyProblem>;

/**
 * Reads what became of asked parts; how many are settled now. "lost": one ended without a word of any
 * code and will be asked for again.
 */
export async function readParts(
  ports: Ports,
  run: Run,
  asked: readonly BatchPart[],
): Promise<Result<number | "lost", ShopifyProblem>> {
  let settled = 0;
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    const some = asked.slice(from, from + AT_ONCE);
    const reads = await Promise.all(some.map((part) => readPart(ports, run, part)));
    const refused = reads.find((read) => !read.ok);
    if (refused && !refused.ok) return failure(refused.problem);
    const ends = reads.map((read) => (read.ok ? read.value : "open"));
    if (ends.includes("lost")) return success("lost");
    settled += ends.filter((end) => end === "settled").length;
  }
  return success(settled);
}

async function readPart(ports: Ports, run: Run, part: BatchPart): Promise<Read> {
  const { shop } = run.batch;
  const creation = await ports.shopify.readCreation(shop, part.bulkCreationId ?? "");
  // Shopify has forgotten it: added again, the codes it did make are found to be ours.
  if (!creation.ok && creation.problem.kind === "not-found") return askAgain(ports, run, part);
  if (!creation.ok) return creation;
  const now = ports.clock.now();
  if (!creation.value.done) {
    run.looks.noteOpen(part, now);
    return success("open");
  }
  run.looks.noteDone(part, now);
  if (creation.value.allMade) {
    await settlePart(ports, run.batch, part.number);
    return success("settled");
  }
  return settleRows(ports, run, part, creation.value.rows);
}

async function settleRows(
  ports: Ports,
  run: Run,
  part: BatchPart,
  rows: CodeCreation["rows"],
): Promise<Read> {
  const { shop, id } = run.batch;
  const codes = await ports.store.batches.listPlanned(shop, id, [part.number]);
  const planned = codes.get(part.number) ?? [];
  const rowOf = new Map(rows.map((row) => [row.code, row]));
  const said = planned.filter(({ code }) => rowOf.has(code));
  if (said.length < planned.length) return askAgain(ports, run, part);
  const taken = planned.filter(({ code }) => rowOf.get(code)?.taken);
  const settled = await settleTaken(ports, run.discount, taken, run.batch);
  if (!settled.ok) return settled;
  const refused = planned.flatMap(({ id: codeId, code }) => {
    const row = rowOf.get(code);
    return row?.problem && !row.taken ? [{ codeId, problem: row.problem }] : [];
  });
  const { failed, anew } = await redrawTaken(ports, run.batch, settled.value);
  await settlePart(ports, run.batch, part.number, { failed: [...refused, ...failed], anew });
  return success("settled");
}

async function askAgain({ store }: Ports, { batch }: Run, { number }: BatchPart): Promise<Read> {
  await store.batches.saveAsked(batch.shop, batch.id, number, null);
  return success("lost");
}
