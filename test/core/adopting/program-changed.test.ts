import { expect, test } from "vitest";
import { takeAdoption } from "#app/core/adopting/take-adoption.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { beginToAdopt, discountByHand, ourCodes, readToAdopt } from "#test/core/given/adopting.ts";
import { addSecondProgram } from "#test/core/given/second-program.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

/** Two codes made by hand, which the first program has registered to Anna, are read to be adopted. */
async function readInFirstProgram() {
  const world = await worldWithCodes();
  const { account } = world;
  addSecondProgram(world);
  const annas = account.promoCodes.find(({ code }) => code === "ANNA10");
  if (!annas) throw new Error("ANNA10 is not registered");
  account.promoCodes.push({ ...annas, id: "7770001", code: "HAND-1" });
  account.promoCodes.push({ ...annas, id: "7770002", code: "HAND-2" });
  const discount = discountByHand(world, "By hand", ["HAND-1", "HAND-2"]);
  return { world, discount, adoptionId: await readToAdopt(world, [discount]) };
}

async function chooseOther({ ports, domain: shop }: World): Promise<void> {
  await chooseProgram(ports, { shop, programId: "2000", eventTypeId: "5000" });
}

const inSecond = ({ account }: World) =>
  account.promoCodes.flatMap(({ programId, code }) => (programId === "2000" ? [code] : []));

test("codes that were read in one program are not adopted in another", async () => {
  const { world, adoptionId, discount } = await readInFirstProgram();
  const { ports, domain: shop } = world;
  await chooseOther(world);
  await world.drain();
  expect(await takeAdoption(ports, { shop, adoptionId, since: null })).toMatchObject({
    ok: false,
    problem: { kind: "program-changed", message: expect.stringMatching(/Begin again/) as string },
  });
  await beginToAdopt(world, await readToAdopt(world, [discount], "another form"));
  await world.drain();
  expect(await ourCodes(world)).toContain("HAND-1 nobody live planned");
});

test("where the program is changed while a batch adopts, its codes are registered in the new one", async () => {
  const { world, adoptionId } = await readInFirstProgram();
  await beginToAdopt(world, adoptionId);
  await chooseOther(world);
  await world.drain();
  expect(inSecond(world)).toEqual(expect.arrayContaining(["HAND-1", "HAND-2"]));
  expect(await ourCodes(world)).toContain("HAND-1 10001 live registered");
});
