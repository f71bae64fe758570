import type { Stores } from "../ports/store.ts";
import type { Adoption } from "./adoption.ts";

/**
 * The registrations that were read are another program's than the one that is chosen now. Until the
 * transaction ends, nobody chooses another; where none is chosen, choosing one forgets all registrations.
 */
export async function isOfOtherProgram(
  { connections }: Pick<Stores, "connections">,
  { shop, plan: { registeredIn } }: Adoption,
): Promise<boolean> {
  if (registeredIn === undefined) return false;
  await connections.hold(shop, "reading");
  const program = (await connections.find(shop))?.program;
  return Boolean(program) && program?.programId !== registeredIn;
}
