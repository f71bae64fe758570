import { joinFamilies } from "../codes/families/join-families.ts";
import type { ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Batch } from "./batch.ts";
import { createDrawing } from "./draw-codes.ts";
import type { TakenCode } from "./settle-taken.ts";

/** So often a spelling may turn out to be the shop's already. */
const TRIES = 5;

interface Redrawn {
  /** These have another spelling now, and are to be asked for with it. */
  anew: string[];
  failed: { codeId: string; problem: string }[];
}

/** A drawn code that somebody else has is solved with another random part, without bothering anyone. */
export async function redrawTaken(
  ports: Pick<Ports, "store" | "codeMaking">,
  { shop, plan }: Batch,
  taken: readonly TakenCode[],
): Promise<Redrawn> {
  const drawing = plan && createDrawing(ports, shop, plan);
  const redrawn: Redrawn = { anew: [], failed: [] };
  for (const { id: codeId, partnerId, reach, problem } of taken) {
    let isRenamed = false;
    for (let tries = 0; tries < TRIES && !isRenamed && drawing?.ok && partnerId; tries += 1) {
      const drawn = await drawing.value.draw(partnerId, 1, () => false);
      const [code] = drawn.ok ? drawn.value : [];
      if (!code) break;
      if (drawing.value.whyTheirs(code, partnerId)) continue;
      isRenamed = await rename(ports, shop, { codeId, code, partnerId, reach });
    }
    if (isRenamed) redrawn.anew.push(codeId);
    else redrawn.failed.push({ codeId, problem });
  }
  return redrawn;
}

/** False where the shop has that spelling already, or a family would earn it otherwise. */
async function rename(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  { codeId, ...spelling }: NewCode & { codeId: string },
): Promise<boolean> {
  return store.inTransaction(async (tx) => {
    // Nobody else adds or renames meanwhile: two codes drawn anew at once may get one spelling.
    await tx.families.hold(shop, "planning");
    const joined = await joinFamilies(tx, shop, [spelling]);
    const spelled = joined.codes.map(({ code, familyId = null }) => ({ codeId, code, familyId }));
    const taken = await tx.batches.rename(shop, spelled);
    return spelled.length > 0 && taken.length === 0;
  });
}
