import type { ShopDomain } from "../ids.ts";
import type { HandOutScope } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { readHandOutSetting } from "./hand-out-of.ts";
import { MOST_PICTURES, type HandOut } from "./hand-out.ts";
import { walkHandOuts } from "./walk-hand-outs.ts";

type HandOutProblem = Problem<"nothing-to-hand-out" | "too-many-pictures">;

/** A hand-out for each partner with codes of the scope that are ready, of at most MOST_PICTURES codes. */
export async function listHandOuts(
  ports: Pick<Ports, "store" | "clock">,
  { shop, scope }: { shop: ShopDomain; scope: HandOutScope },
): Promise<Result<HandOut[], HandOutProblem>> {
  const setting = await readHandOutSetting(ports, shop);
  if (!setting) return failure(NOTHING);
  const handOuts: HandOut[] = [];
  let codes = 0;
  for await (const handed of walkHandOuts(ports, { shop, scope, setting })) {
    codes += handed.length;
    if (codes > MOST_PICTURES) return failure(TOO_MANY);
    for (const { partner, code } of handed) {
      const last = handOuts.at(-1);
      if (last?.partner.partnerId === partner.partnerId) last.codes.push(code);
      else handOuts.push({ shopName: setting.shopName, partner, codes: [code] });
    }
  }
  return handOuts.length > 0 ? success(handOuts) : failure(NOTHING);
}

const NOTHING: HandOutProblem = {
  kind: "nothing-to-hand-out",
  retry: "never",
  message: "None of these codes is ready to hand out yet.",
};

const TOO_MANY: HandOutProblem = {
  kind: "too-many-pictures",
  retry: "never",
  message: `These are more than ${MOST_PICTURES.toLocaleString("en-US")} codes: too many pictures for one file. Choose one discount, batch or partner at a time, or download the CSV, which holds any number.`,
};
