import type { Ports } from "../ports/ports.ts";
import type { CodeCreation, ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import type { BatchPart } from "./batch.ts";
import type { Run } from "./take-step.ts";
import { redrawTaken } from "./redraw-taken.ts";
import { settlePart } from "./settle-part.ts";
import { settleTaken } from "./settle-taken.ts";

/** Each is written in a commit of its own: more would only wait for the database's connections. */
const AT_ONCE = 8;

/** Parts that cost many calls are left to the next step after so long: its lease must outlast them. */
const LONGEST_MS = 20_000;

/** What reading a part has brought: settled, not done yet, nothing said of any code, or a row for each. */
type Read = Result<"settled" | "open" | "lost" | Rows, ShopifyProblem>;

interface Rows {
  part: BatchPart;
  rows: CodeCreation["rows"];
}

/** What is settled stays so, whatever stopped the rest. */
export interface ReadParts {
  settled: number;
  /** "lost": one ended without a word of any code and will be asked for again. */
  stoppedBy: ShopifyProblem | "lost" | null;
}

/** Reads what became of asked parts, until something stops it. */
export async function readParts(
  ports: Ports,
  run: Run,
  asked: readonly BatchPart[],
): Promise<ReadParts> {
  const end = ports.clock.now().getTime() + LONGEST_MS;
  let settled = 0;
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    const some = asked.slice(from, from + AT_ONCE);
    const reads = await Promise.all(some.map((part) => readPart(ports, run, part)));
    settled += reads.filter((read) => read.ok && read.value === "settled").length;
    const stoppedBy = stopOf(reads);
    // Side by side they would wait in one line for the shop's points, and all be refused.
    for (const read of reads) {
      if (!read.ok || typeof read.value === "string") continue;
      if (settled > 0 && ports.clock.now().getTime() > end) return { settled, stoppedBy };
      const stop = stopOf([await settleRows(ports, run, read.value)]);
      if (stop) return { settled, stoppedBy: stop };
      settled += 1;
    }
    if (stoppedBy) return { settled, stoppedBy };
  }
  return { settled, stoppedBy: null };
}

function stopOf(reads: readonly Read[]): ReadParts["stoppedBy"] {
  for (const read of reads) {
    if (!read.ok) return read.problem;
    if (read.value === "lost") return "lost";
  }
  return null;
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
  if (!creation.value.allMade) return success({ part, rows: creation.value.rows });
  await settlePart(ports, run.batch, part.number);
  return success("settled");
}

async function settleRows(ports: Ports, run: Run, { part, rows }: Rows): Promise<Read> {
  const { shop, id } = run.batch;
  const codes = await ports.store.batches.listPlanned(shop, id, [part.number]);
  const planned = codes.get(part.number) ?? [];
  const rowOf = new Map(rows.map((row) => [row.code, row]));
  const said = planned.filter(({ code }) => rowOf.has(code));
  if (said.length < planned.length) return askAgain(ports, run, part);
  const taken = planned.filter(({ code }) => rowOf.get(code)?.taken);
  const settled = await settleTaken(ports, run, taken);
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
