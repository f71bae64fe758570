import { randomUUID } from "node:crypto";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import { leaveAdoption, type LeftAdoption } from "#test/core/given/leave-adoption.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import type { World } from "#test/support/world.ts";

/** Ids of things that all belong to the second shop, by the names routes and jobs give them. */
export interface Theirs extends LeftAdoption {
  orderId: OrderId;
  deliveryId: string;
  conversionId: string;
  submissionId: string;
  adjustmentId: string;
  discountId: string;
  discountShopifyId: string;
  batchId: string;
  changeBatchId: string;
  codeId: string;
  code: DiscountCode;
  partnerId: PartnerId;
  recordId: string;
  runId: string;
  draftKey: string;
  uploadId: string;
  viewId: string;
  familyId: string;
  fileId: string;
  lookId: string;
}

/** What only the second shop's own pages may say. */
export const SECRETS = [
  "Guarded Partner",
  "Guarded Program",
  "Guarded Ltd.",
  "Guarded discount",
  "Guarded file",
  "Guarded cell",
  "Guarded view",
  "Guarded adoption",
];

/**
 * A second shop with a row in every table, each in a state from which a job would go on if it did
 * not look whose it is, and no job of its own left.
 */
export async function withRichSecondShop(world: World): Promise<{ other: World; theirs: Theirs }> {
  const other = await withSecondShop(world);
  const { prisma, domain: shop } = other;
  const where = { shop };
  const now = other.clock.now();
  const conversion = await prisma.conversion.findFirstOrThrow({ where });
  const { orderId, id: conversionId, currency } = conversion;
  const submission = await prisma.submission.findFirstOrThrow({ where });
  const delivery = await prisma.delivery.findFirstOrThrow({ where: { shop, orderId } });
  const batch = await prisma.batch.findFirstOrThrow({ where });
  const code = await prisma.code.findFirstOrThrow({ where });
  const discount = await prisma.discount.findFirstOrThrow({ where });
  const { discountId } = code;
  const adjustment = await prisma.adjustment.create({
    data: {
      ...{ shop, orderId, conversionId, currency, kind: "reversal", disposition: "ITEM_RETURNED" },
      ...{ target: [], fromMinor: 900, toMinor: 0, state: "ready", createdAt: now },
    },
  });
  const run = await prisma.reconciliation.create({
    data: {
      ...{ shop, kind: "orders", state: "running", startedAt: now, progressAt: now },
      ...{ fromAt: new Date(now.getTime() - 86_400_000), toAt: now },
    },
  });
  const refund = {
    lines: [],
    adjustmentMinor: -100,
    createdAt: now,
    receivedAt: now,
    versionAt: now,
  };
  await prisma.refund.create({ data: { shop, refundId: "777000", orderId, ...refund } });
  await prisma.difference.create({
    data: {
      ...{ shop, impactOrderId: conversion.impactOrderId, kind: "other-amount", orderId },
      ...{ conversionId, oursMinor: 900, theirsMinor: 800, seenBy: run.id, foundAt: now },
    },
  });
  await prisma.creditedThere.create({
    data: { shop, orderId, programId: "guarded", seenBy: run.id, foundAt: now },
  });
  await prisma.codeDifference.create({
    data: {
      ...{ shop, kind: "only-at-impact", subject: "GUARDED-CODE", promoCodeId: "777000" },
      ...{ seenBy: run.id, foundAt: now },
    },
  });
  const record = await prisma.complianceRecord.create({
    data: {
      ...{ shop, topic: "customers/data_request", webhookId: randomUUID(), orderIds: [orderId] },
      ...{ receivedAt: now, doneAt: now, outcome: "One order can be downloaded." },
    },
  });
  await nameThemApart(other);
  await leaveUndone(other);
  const view = { name: "Guarded view", query: `discount=${batch.discountId}` };
  const theirs = {
    orderId: orderId as OrderId,
    deliveryId: delivery.id,
    conversionId,
    submissionId: submission.submissionId,
    adjustmentId: adjustment.id,
    discountId,
    discountShopifyId: discount.shopifyId ?? "",
    batchId: batch.id,
    changeBatchId: await leaveChange(other, code.id),
    codeId: code.id,
    code: code.code as DiscountCode,
    partnerId: conversion.partnerId as PartnerId,
    recordId: record.id,
    runId: run.id,
    draftKey: "second",
    uploadId: (await leaveUpload(other, discountId)).id,
    viewId: (await prisma.codeView.create({ data: { ...view, shop, createdAt: now } })).id,
    familyId: (await leaveFamily(other, discountId)).id,
    ...(await leaveAdoption(other, "Guarded adoption")),
    ...(await leaveFile(other, discountId)),
  };
  return { other, theirs };
}

/** A batch that has still to give a code to another partner. */
async function leaveChange({ ports, clock, domain: shop }: World, codeId: string): Promise<string> {
  const { changes } = ports.store;
  const action = { kind: "reassign" as const, partnerId: "10002" as PartnerId };
  const selection = { kind: "picked" as const, codeIds: [codeId] };
  const plan = { action, selection, startsAt: null, after: null, isTaken: true };
  const draft = { draftKey: "second-change", plan };
  const { batchId } = await changes.create(shop, draft, clock.now());
  await changes.add(shop, batchId, [codeId], "planned");
  return batchId;
}

/** A file that the second shop has had judged, with a new code and a wrong row. */
async function leaveUpload({ prisma, clock, domain: shop }: World, discountId: string) {
  const now = clock.now();
  const counts = { rows: 2, new: 1, yoursUnchanged: 0, wrong: 1, wrongByKind: {} };
  const upload = await prisma.upload.create({
    data: {
      ...{ shop, discountId, fileName: "Guarded file.csv", state: "checked", headings: "[]" },
      ...{ mapping: { code: 0, partner: 1 }, counts, createdAt: now },
      expiresAt: new Date(now.getTime() + 86_400_000),
    },
  });
  const { id: uploadId } = upload;
  const wrong = JSON.stringify({ cells: ["Guarded cell"], problems: [] });
  await prisma.uploadRow.createMany({
    data: [
      { uploadId, shop, number: 2, code: "GUARDED1", partnerId: "10001" },
      { uploadId, shop, number: 3, wrong },
    ],
  });
  return upload;
}

/** A family that impact.com was not told of, with a live code. */
async function leaveFamily({ prisma, clock, domain: shop }: World, discountId: string) {
  const createdAt = clock.now();
  const family = await prisma.codeFamily.create({
    data: { ...{ shop, partnerId: "10001", shape: "COLD**", state: "planned", createdAt } },
  });
  const live = { shopifyState: "live", impactState: "planned", createdAt };
  const code = await prisma.code.create({
    data: { ...{ shop, discountId, code: "COLD42", familyId: family.id }, ...live },
  });
  await prisma.assignment.create({
    data: { shop, codeId: code.id, partnerId: "10001", startsAt: createdAt },
  });
  return family;
}

/** A registration file that a code of the second shop waits in. */
async function leaveFile({ ports, prisma, clock, domain: shop }: World, discountId: string) {
  const createdAt = clock.now();
  const live = { shopifyState: "live", impactState: "planned", createdAt };
  const code = await prisma.code.create({ data: { shop, discountId, code: "GUARDEDF", ...live } });
  await prisma.assignment.create({
    data: { shop, codeId: code.id, partnerId: "10001", startsAt: createdAt },
  });
  const scope = { selection: { kind: "picked" as const, codeIds: [code.id] } };
  const draft = { programId: "1000", scope };
  const file = await ports.store.registrationFiles.create(shop, draft, createdAt);
  if (!file) throw new Error("no code waits");
  return { fileId: file.id, lookId: file.lookId };
}

/** Both shops use one impact.com account, so names alone tell whose a partner's row is. */
async function nameThemApart({ prisma, domain: shop }: World): Promise<void> {
  const where = { shop };
  const [partner, program, company, discount] = SECRETS as [string, string, string, string];
  await prisma.partner.updateMany({ where, data: { name: partner } });
  await prisma.program.updateMany({ where, data: { name: program } });
  await prisma.impactAccount.updateMany({ where, data: { companyName: company } });
  await prisma.discount.updateMany({ where, data: { title: discount } });
}

async function leaveUndone({ prisma, domain: shop }: World): Promise<void> {
  const where = { shop };
  const unsent = { state: "ready", accountSid: null, sentAt: null, settledAt: null };
  await prisma.conversion.updateMany({ where, data: unsent });
  await prisma.submission.updateMany({ where, data: { state: "queued", completedAt: null } });
  // A processed delivery has given its facts to its order: here it has them back.
  await prisma.$executeRaw`
    UPDATE "Delivery" d SET "state" = 'received', "processedAt" = NULL, "facts" = o."facts"
    FROM "Order" o
    WHERE d."shop" = ${shop} AND o."shop" = d."shop" AND o."orderId" = d."orderId"`;
  await prisma.batch.updateMany({ where, data: { state: "running", finishedAt: null } });
  await prisma.code.updateMany({ where, data: { impactState: "planned", registeredAt: null } });
  await prisma.partnerSync.updateMany({ where, data: { state: "running", finishedAt: null } });
  const waiting = { state: "waiting", reason: "not-connected" };
  await prisma.order.updateMany({ where, data: waiting });
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE data->>'shop' = ${shop}`;
}
