import type { Theirs } from "#test/core/given/theirs.ts";
import type { World } from "#test/support/world.ts";

/** A shop's own ids, by the names routes give them, as far as it has such things. */
export async function ownParams({ prisma, domain: shop }: World): Promise<Partial<Theirs>> {
  const where = { shop };
  const code = await prisma.code.findFirstOrThrow({ where });
  const conversion = await prisma.conversion.findFirstOrThrow({ where });
  const batch = await prisma.batch.findFirstOrThrow({ where });
  return {
    ...{ codeId: code.id, code: code.code, discountId: code.discountId, batchId: batch.id },
    ...{ orderId: conversion.orderId, partnerId: conversion.partnerId },
  } as Partial<Theirs>;
}
