import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { FIRST_RULE } from "#app/core/attribution/rule.ts";
import type { DatedRule } from "#app/core/attribution/rules-at.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { Shape } from "#app/core/codes/families/family-shape.ts";
import { PLAIN_DETAILS, type DiscountTerms } from "#app/core/codes/discount.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { ChangeStage } from "#app/core/changes/change.ts";
import { retryableOrders } from "#app/core/orders/order-state.ts";
import { scopeOf } from "#app/core/registration-files/offer-file.ts";
import type { Stores } from "#app/core/ports/store.ts";
import { leaveAdoption, type LeftAdoption } from "#test/core/given/leave-adoption.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { runWith } from "#test/core/given/run-with.ts";
import { storeSession } from "#test/core/given/store-session.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { ADOPTION_READS, ADOPTION_WRITES } from "#test/core/stores/shop-scope/adoption-cases.ts";
import { PIPELINE_WRITES } from "#test/core/stores/shop-scope/pipeline-writes.ts";
import { createWorld, CREDENTIALS, PROGRAM_ID, type World } from "#test/support/world.ts";

/** Ids of things that all belong to the second shop. */
interface Theirs extends LeftAdoption {
  orderId: OrderId;
  deliveryId: string;
  conversionId: string;
  submissionId: string;
  discountId: string;
  discountShopifyId: string;
  batchId: string;
  changeBatchId: string;
  lateBatchId: string;
  promoCodeId: string | null;
  uploadId: string;
  /** With a code that waits in it, and one that differs. */
  fileId: string;
  filedCodeId: string;
  otherShop: ShopDomain;
  codeId: string;
  code: DiscountCode;
  partnerId: PartnerId;
  complianceId: string;
  adjustmentId: string;
  runId: string;
  viewId: string;
  familyId: string;
  /** Live, and waits for the family. */
  familyCodeId: string;
  familyCode: DiscountCode;
}

type TheirFamily = Pick<Theirs, "familyId" | "familyCodeId" | "familyCode">;

const firstMaking = (shop: ShopDomain) => ({
  where: { shop, kind: "make" },
  orderBy: [{ createdAt: "asc" as const }, { id: "asc" as const }],
});

async function theirIds({
  prisma,
  domain: shop,
}: World): Promise<Omit<Theirs, keyof TheirFamily | keyof LeftAdoption>> {
  const where = { shop };
  const conversion = await prisma.conversion.findFirstOrThrow({ where });
  const { submissionId } = await prisma.submission.findFirstOrThrow({ where });
  const delivery = await prisma.delivery.findFirstOrThrow({ where });
  const batch = await prisma.batch.findFirstOrThrow(firstMaking(shop));
  const change = await prisma.change.findFirstOrThrow({ where: { shop, state: "open" } });
  const late = await prisma.change.findFirstOrThrow({ where: { shop, state: "failed" } });
  const code = await prisma.code.findFirstOrThrow({
    where: { shop, batchId: { not: null } },
  });
  const discount = await prisma.discount.findFirstOrThrow({ where });
  return {
    orderId: conversion.orderId as OrderId,
    deliveryId: delivery.id,
    conversionId: conversion.id,
    submissionId,
    discountId: code.discountId,
    discountShopifyId: discount.shopifyId ?? "",
    batchId: batch.id,
    changeBatchId: change.batchId,
    lateBatchId: late.batchId,
    promoCodeId: code.impactPromoCodeId,
    uploadId: (await prisma.upload.findFirstOrThrow({ where })).id,
    otherShop: shop,
    filedCodeId: (await prisma.code.findFirstOrThrow({ where: { shop, code: "FILED-1" } })).id,
    fileId: (await prisma.registrationFile.findFirstOrThrow({ where })).id,
    codeId: code.id,
    code: code.code as DiscountCode,
    partnerId: conversion.partnerId as PartnerId,
    adjustmentId: (await prisma.adjustment.findFirstOrThrow({ where })).id,
    viewId: (await prisma.codeView.findFirstOrThrow({ where })).id,
    runId: (await prisma.reconciliation.findFirstOrThrow({ where })).id,
    complianceId: (await prisma.complianceRecord.findFirstOrThrow({ where })).id,
  };
}

async function twoShops() {
  const world = await createWorld();
  const other = await withSecondShop(world);
  await other.ports.store.compliance.record(other.domain, A_REQUEST);
  await storeSession(other);
  await other.ports.store.shops.noteOpened(other.domain, LONG_AGO);
  await adjust(other);
  await differ(other);
  await change(other);
  await leave(other);
  await upload(other);
  await file(other);
  await other.ports.store.codeViews.add(other.domain, A_VIEW, LATER);
  await click(other);
  await other.ports.store.rules.append(other.domain, A_RULE);
  const left = await leaveAdoption(other, "Podcast");
  const theirs = { ...(await theirIds(other)), ...(await failFamily(other)), ...left };
  return { store: world.ports.store, mine: world.domain, other, theirs };
}

/** A click that the pixel told of an order. */
async function click({ ports, prisma, domain: shop }: World): Promise<void> {
  const { orderId } = await prisma.conversion.findFirstOrThrow({ where: { shop } });
  await ports.store.clicks.record(shop, A_CLICK, LATER);
  const partner = { partnerId: "10001" as PartnerId, name: "Anna" };
  await ports.store.clicks.saveLookUp(shop, { ...A_LOOK_UP, verdict: "known", partner }, LATER);
  await ports.store.replays.saveLookUp(shop, { ...A_LOOK_UP, verdict: "known", partner }, LATER);
  await ports.store.clicks.saveRefusal(shop, { ...A_REFUSAL, orderId: orderId as OrderId });
  const { checkoutHash } = A_CLICK;
  await ports.store.clicks.takeFor(shop, [{ orderId: orderId as OrderId, checkoutHash }]);
  await ports.store.clicks.saveLandingsFrom(shop, LONG_AGO);
  await ports.store.clicks.saveParameter(shop, "ref");
  await ports.store.clicks.savePixelOn(shop, true);
  await prisma.redactedOrder.create({ data: { shop, orderId } });
}

const A_LOOK_UP = {
  ...{ clickId: "Click-1", verdict: "unknown-there" as const, partner: null, clickedAt: null },
};
const A_CLICK = { checkoutHash: "a-hash", clickId: "Click-1", seenAt: null };

/** A family that impact.com refused, a live code of it, and an order that waits for that. */
async function failFamily({ prisma, domain: shop }: World): Promise<TheirFamily> {
  const family = await prisma.codeFamily.create({
    data: { shop, partnerId: "10001", shape: "COLD-**", state: "failed", createdAt: LATER },
  });
  const { discountId } = await prisma.code.findFirstOrThrow({ where: { shop } });
  const code = await prisma.code.create({
    data: {
      ...{ shop, discountId, code: "COLD-99", familyId: family.id },
      ...{ shopifyState: "live", impactState: "planned", createdAt: LATER },
    },
  });
  const [conversion] = await prisma.conversion.findMany({ where: { shop }, omit: { id: true } });
  if (!conversion) throw new Error("no conversion");
  await prisma.conversion.create({
    data: {
      ...{ ...conversion, orderId: "9", impactOrderId: "9", code: code.code, state: "ready" },
      ...{ lines: [], held: [], part: { weights: [1, 1], position: 0 } },
      standing: "not-connected",
    },
  });
  return { familyId: family.id, familyCodeId: code.id, familyCode: code.code as DiscountCode };
}

/** A batch that changes a code, and another that could not, since that one does. */
async function change({ ports, prisma, domain: shop }: World): Promise<void> {
  const { changes } = ports.store;
  const codeIds = (await prisma.code.findMany({ where: { shop } })).map(({ id }) => id);
  for (const draftKey of ["a-change", "a-late-change"]) {
    const { batchId } = await changes.create(shop, { ...A_CHANGE, draftKey }, LATER);
    await changes.add(shop, batchId, codeIds, "planned");
  }
}

/** A batch that somebody is at work on, with a part and a code left to make. */
async function leave({ prisma, domain: shop }: World): Promise<void> {
  const running = { state: "running", leaseUntil: LATER };
  await prisma.batch.updateMany({ where: { shop }, data: running });
  await prisma.batchPart.updateMany({ where: { batch: { shop } }, data: { state: "asked" } });
}

/** A file that its batch has still to plan a code of, with a wrong row that nobody has fetched. */
async function upload({ ports, prisma, domain: shop }: World): Promise<void> {
  const { id: batchId } = await prisma.batch.findFirstOrThrow(firstMaking(shop));
  const { discountId } = await prisma.code.findFirstOrThrow({ where: { shop } });
  const file = { discountId, fileName: "codes.csv", headings: [], mapping: MAPPING };
  const times = { now: LATER, expiresAt: LATER };
  const uploadId = await ports.store.uploads.create(shop, file, times);
  await ports.store.uploads.addRows(shop, uploadId, A_ROW_OF_EACH);
  await prisma.upload.updateMany({ where: { shop }, data: { state: "taken", batchId } });
}

async function file({ ports, prisma, domain: shop }: World): Promise<void> {
  const { discountId } = await prisma.code.findFirstOrThrow({ where: { shop } });
  for (const code of ["FILED-1", "FILED-2", "UNFILED"]) {
    const live = { shopifyState: "live", impactState: "planned", createdAt: LATER };
    const { id: codeId } = await prisma.code.create({ data: { shop, discountId, code, ...live } });
    const assignment = { shop, codeId, partnerId: "10001", startsAt: LATER };
    await prisma.assignment.create({ data: assignment });
    if (code === "FILED-2") await ports.store.registrationFiles.create(shop, A_FILE, LATER);
  }
  const { fileId, codeId } = await prisma.fileCode.findFirstOrThrow({
    where: { shop, code: { code: "FILED-2" } },
  });
  const differing = [{ codeId, problem: "Not yours." }];
  await ports.store.registrationFiles.saveDiffering(shop, fileId, differing);
}

async function differ({ ports, prisma, domain: shop }: World): Promise<void> {
  const shares = [{ partner: null, weight: 1, code: null }];
  await prisma.order.updateMany({ where: { shop }, data: { shares } });
  const { orderId } = await prisma.conversion.findFirstOrThrow({ where: { shop } });
  const [run] = await ports.store.reconciliations.list(shop, { limit: 1 });
  if (!run) throw new Error("no run");
  await ports.store.differences.save(
    shop,
    { ...run, programId: PROGRAM_ID },
    [differenceOf(orderId)],
    LATER,
  );
  await ports.store.credited.note(shop, A_RUN, [creditedOf(orderId)], LATER);
  await ports.store.codeDifferences.save(shop, run.id, [A_CODE_DIFFERENCE], LATER);
  const { id: discountId } = await prisma.discount.findFirstOrThrow({ where: { shop } });
  const seen = { discountId, codes: ["SEEN" as DiscountCode] };
  await ports.store.seenCodes.noteInShopify(shop, run, seen);
}

const A_CODE_DIFFERENCE = {
  kind: "only-at-impact" as const,
  subject: "SEEN",
  codeId: null,
  discountId: null,
  ourPartnerId: null,
  theirPartnerId: null,
  promoCodeId: "1",
  endsHere: null,
  endsThere: null,
  creditPolicy: null,
  startsThere: null,
  ...{ familyId: null, isShared: false, codes: 1, familyCodes: 0, familyEndings: 0 },
};
const listedAs = (code: string, partnerId: PartnerId) => ({
  ...{ promoCodeId: "1", code, partnerId, partnerName: "", creditPolicy: null },
  ...{ startsAt: null, endsAt: null, isEnded: false, isPattern: false },
});
const THAT_DIFFERENCE = { kind: "only-at-impact" as const, subject: "SEEN" };

const creditedOf = (orderId: string) => ({
  orderId: orderId as OrderId,
  ...{ partnerId: null, currency: null, amountMinor: null, eventAt: null },
});

function differenceOf(impactOrderId: string) {
  return {
    impactOrderId,
    kind: "unknown-here" as const,
    orderId: null,
    conversionId: null,
    currency: null,
    oursMinor: null,
    theirsMinor: null,
    ourPartnerId: null,
    theirPartnerId: null,
    eventAt: LONG_AGO,
  };
}

async function adjust({ ports, prisma, domain }: World): Promise<void> {
  const { id, orderId } = await prisma.conversion.findFirstOrThrow({ where: { shop: domain } });
  const change = { kind: "modification", disposition: "ORDER_UPDATE" } as const;
  const money = { currency: "USD", fromMinor: 2, toMinor: 1 };
  await ports.store.adjustments.create(
    domain,
    { orderId: orderId as OrderId, conversionId: id, ...change, target: [], ...money },
    LATER,
  );
  await ports.store.conversions.saveSubmission(domain, {
    submissionId: OPEN,
    conversionId: id,
    adjustmentId: null,
    state: "queued",
    errorType: null,
    errorReason: null,
    partnerId: null,
    checks: 0,
    submittedAt: LATER,
    completedAt: null,
  });
}

const MAPPING = { code: 0, partner: 1, startsOn: null, endsOn: null, reach: null };
const NO_ROWS = { rows: 0, new: 0, yoursUnchanged: 0, wrong: 0, wrongByKind: {} };
const A_ROW_OF_EACH = {
  new: [
    {
      ...{ number: 2, code: "TEA2" as DiscountCode, partnerId: "10001" as PartnerId },
      ...{ startsAt: null, endsAt: null, reach: null },
    },
  ],
  wrong: [{ verdict: "wrong" as const, row: { number: 3, cells: [] }, problems: [] }],
};
const A_REFUSED_ROW = {
  ...{ number: 4, code: "TEA4" as DiscountCode, partnerId: "10001" as PartnerId },
  ...{ startsAt: null, endsAt: null, reach: null, problem: "Not yours." },
};
const A_FILE = { programId: PROGRAM_ID, scope: scopeOf(null) };
const A_VIEW = { name: "Unused", query: "used=no" };
const A_FAMILY = { partnerId: "10002" as PartnerId, shape: "COLD-**" as Shape };
const OPEN = "A-open";
const NO_CODES = { all: 0, live: 0, registered: 0, failed: 0, waiting: 0 };
const NONE_OF_A_BATCH = {
  planned: 0,
  asked: 0,
  live: 0,
  failed: 0,
  registered: 0,
  unregistrable: 0,
  waitsBecause: null,
};
const NOTHING = { reported: 0, ignored: 0, waiting: 0, failed: 0 };
const LATER = new Date("2027-01-01T00:00:00Z");
const A_REFUSAL = { clickId: "Click-1", reason: "CONTRACT_NOT_FOUND", refusedAt: LATER };
const A_CHANGE = {
  draftKey: "a-change",
  plan: {
    action: { kind: "reassign" as const, partnerId: "10002" as PartnerId },
    selection: { kind: "picked" as const, codeIds: [] },
    ...{ startsAt: null, after: null, isTaken: true },
  },
};
const STAGES = [
  ...["planned", "making", "waiting", "retiring"],
  ...["removing", "ending", "handing-over", "registering"],
] as ChangeStage[];
const CHANGES = { stages: STAGES, limit: 9, now: LATER };
const NO_CHANGES = {
  open: Object.fromEntries(STAGES.map((stage) => [stage, 0])),
  ...{ done: 0, failed: 0, dropped: 0, dueAt: null },
  putOff: { codes: 0, orders: 0, nextAt: null },
};
const toRotate = ({ partnerId }: Theirs) => ({ partnerId, isRotation: true, now: LONG_AGO });
const PLACED = { from: new Date(0), oldBefore: LATER };
const LONG_AGO = new Date(0);
const REPORTS_TO = { accountSid: CREDENTIALS.accountSid, programId: PROGRAM_ID };

const A_REQUEST = {
  topic: "customers/data_request" as const,
  webhookId: "second",
  orderIds: [],
  receivedAt: LATER,
  doneAt: LATER,
  outcome: "Done.",
};

type Read = (store: Stores, shop: ShopDomain, theirs: Theirs) => Promise<unknown>;

const RETRYABLE = retryableOrders(null, LATER);
const asked = (code: DiscountCode) => ({ code, from: new Date(0), oldest: new Date(0) });

const sharerOf = ({ promoCodeId }: Theirs) => ({
  ...{ id: "00000000-0000-4000-8000-000000000000", impactPromoCodeId: promoCodeId },
});
const useOf = ({ code, partnerId }: Theirs) => ({ id: "1", code, partnerId, placedAt: LATER });
const A_RULE: DatedRule = { scope: "shop", subject: "", rule: FIRST_RULE, from: LATER };
const A_PAGE = {
  sort: { by: "code", descending: false },
  beside: null,
  limit: 9,
  countUpTo: 9,
} as const;
const picked = ({ codeId }: Theirs) => ({ kind: "picked", codeIds: [codeId] }) as const;

const READS: [name: string, read: Read, nothing: unknown][] = [
  ["shops.find", (s, shop) => s.shops.find(shop), null],
  ["shops.findScopes", (s, shop) => s.shops.findScopes(shop), null],
  ["shops.findOpened", (s, shop) => s.shops.findOpened(shop), null],
  ["connections.find", (s, shop) => s.connections.find(shop), null],
  ["partners.list", (s, shop) => s.partners.list(shop), []],
  ["partners.count", (s, shop) => s.partners.count(shop), { all: 0, withContract: 0 }],
  ["partners.find", (s, shop, { partnerId }) => s.partners.find(shop, partnerId), null],
  ["partners.findSync", (s, shop) => s.partners.findSync(shop), null],
  ["discounts.find", (s, shop, { discountId }) => s.discounts.find(shop, discountId), null],
  ["discounts.findByDraftKey", (s, shop) => s.discounts.findByDraftKey(shop, "second"), null],
  ["discounts.listTitles", (s, shop) => s.discounts.listTitles(shop), []],
  ["codeViews.list", (s, shop) => s.codeViews.list(shop), []],
  ["discounts.list", (s, shop) => s.discounts.list(shop), []],
  ["batches.find", (s, shop, { batchId }) => s.batches.find(shop, batchId), null],
  ["batches.findByDraftKey", (s, shop) => s.batches.findByDraftKey(shop, "a-change"), null],
  ["batches.list", (s, shop) => s.batches.list(shop, { after: null, limit: 9 }), []],
  ["batches.listUnmade", (s, shop, t) => s.batches.listUnmade(shop, t), []],
  ["batches.countCodes", (s, shop, t) => s.batches.countCodes(shop, t.batchId), NONE_OF_A_BATCH],
  ["batches.listMadeAgain", (s, shop, t) => s.batches.listMadeAgain(shop, t.batchId), []],
  ["batches.listDoneParts", (s, shop, t) => s.batches.listDoneParts(shop, t.batchId, 9), []],
  [
    "batches.listFailedCodes",
    (s, shop, t) => s.batches.listFailedCodes(shop, t.batchId, { after: null, limit: 9 }),
    [],
  ],
  ["batches.newestOf", (s, shop, t) => s.batches.newestOf(shop, t.discountId), null],
  ["batches.findLease", (s, shop, { batchId }) => s.batches.findLease(shop, batchId), null],
  ["batches.countParts", (s, shop, { batchId }) => s.batches.countParts(shop, batchId), 0],
  ["batches.listOpenParts", (s, shop, t) => s.batches.listOpenParts(shop, t.batchId, 9), []],
  ["batches.listPlanned", (s, shop, t) => s.batches.listPlanned(shop, t.batchId, [0]), new Map()],
  ["codes.find", (s, shop, { codeId }) => s.codes.find(shop, codeId), null],
  ["codes.findByCode", (s, shop, { code }) => s.codes.findByCode(shop, code), null],
  ["codes.findLastPartner", (s, shop, { codeId }) => s.codes.findLastPartner(shop, codeId), null],
  ["codes.listTaken", (s, shop, { code }) => s.codes.listTaken(shop, [code]), []],
  [
    "codes.pageForDiscount",
    (s, shop, t) => s.codes.pageForDiscount(shop, t.discountId, { beside: null, limit: 9 }),
    { codes: [], hasPrevious: false, hasNext: false },
  ],
  [
    "codes.countForDiscount",
    (s, shop, t) => s.codes.countForDiscount(shop, t.discountId),
    NO_CODES,
  ],
  [
    "codes.pageListed",
    (s, shop, t) => s.codes.pageListed(shop, picked(t), A_PAGE),
    { codes: [], matching: 0, previous: null, next: null },
  ],
  [
    "codes.pageSelected",
    (s, shop, t) => s.codes.pageSelected(shop, picked(t), { after: null, limit: 9 }),
    { codeIds: [], next: null },
  ],
  ["codes.countSelected", (s, shop, t) => s.codes.countSelected(shop, picked(t)), 0],
  ["codes.listOwn", (s, shop, { code }) => s.codes.listOwn(shop, [code]), []],
  [
    "batches.listTriedOf",
    (s, shop, { discountId, changeBatchId: id }) =>
      s.batches.listTriedOf(shop, { id, discountId }, 9),
    [],
  ],
  ["batches.listWaiting", (s, shop, t) => s.batches.listWaiting(shop, t.discountId), []],
  ["batches.listLater", (s, shop, t) => s.batches.listLater(shop, t.batchId), []],
  ["codes.listEnded", (s, shop) => s.codes.listEnded(shop, LATER, 9), []],
  ["codes.listLeftEnded", (s, shop, t) => s.codes.listLeftEnded(shop, t.discountId, LATER), []],
  ["codes.listNotAlways", (s, shop) => s.codes.listNotAlways(shop, 9), []],
  ["codes.listNeedingClick", (s, shop, t) => s.codes.listNeedingClick(shop, [t.code]), []],
  ["codes.listAlwaysPartners", (s, shop) => s.codes.listAlwaysPartners(shop, LATER, 9), []],
  ["codes.listTexts", (s, shop) => s.codes.listTexts(shop, 9), []],
  ["codes.listUnregistered", (s, shop) => s.codes.listUnregistered(shop, LATER), []],
  [
    "codes.knownOn",
    (s, shop, { code, orderId }) =>
      s.codes.knownOn(shop, [{ orderId, codes: [code], placedAt: LATER }]),
    new Map(),
  ],
  ["codes.listCovers", (s, shop, t) => s.codes.listCovers(shop, [useOf(t)]), new Map()],
  ["changes.list", (s, shop, t) => s.changes.list(shop, t.changeBatchId, CHANGES), []],
  [
    "changes.countOlderOrders",
    (s, shop, t) => s.changes.countOlderOrders(shop, [t.codeId], PLACED),
    new Map(),
  ],
  ["changes.countSharing", (s, shop, t) => s.changes.countSharing(shop, sharerOf(t)), 0],
  [
    "changes.listDoneSince",
    (s, shop, t) => s.changes.listDoneSince(shop, t.changeBatchId, new Date(0)),
    [],
  ],
  ["changes.count", (s, shop, t) => s.changes.count(shop, t.changeBatchId), NO_CHANGES],
  [
    "changes.findTrial",
    (s, shop, t) => s.changes.findTrial(shop, t.changeBatchId),
    { isPassed: false, isUnderWay: false, refused: null },
  ],
  ["changes.listStopped", (s, shop, t) => s.changes.listStopped(shop, t.changeBatchId), []],
  [
    "changes.listFailed",
    (s, shop, t) => s.changes.listFailed(shop, t.lateBatchId, { after: null, limit: 9 }),
    [],
  ],
  [
    "changes.countSelection",
    (s, shop, t) => s.changes.countSelection(shop, picked(t), toRotate(t)),
    {
      ...{ all: 0, live: 0, registered: 0, unassigned: 0, lapsed: 0, ended: 0 },
      ...{
        alreadyTheirs: 0,
        endings: 0,
        familyEndings: 0,
        goingOn: 0,
        bound: 0,
        free: 0,
        needingClick: 0,
      },
    },
  ],
  ["changes.countToRotate", (s, shop, t) => s.changes.countToRotate(shop, picked(t), LONG_AGO), []],
  [
    "families.countFitting",
    (s, shop, t) => s.families.countFitting(shop, [t.familyCode as string as Shape]),
    new Map(),
  ],
  ["codes.count", (s, shop) => s.codes.count(shop), NO_CODES],
  ["families.findFor", (s, shop, t) => s.families.findFor(shop, [t.familyCode]), new Map()],
  // A shop of the same program is told that there is one: tests of families hold how little.
  [
    "families.findElsewhere",
    (s, shop, t) => s.families.findElsewhere(shop, [t.familyCode, t.code]),
    new Map(),
  ],
  [
    "families.findClashesElsewhere",
    (s, shop) => s.families.findClashesElsewhere(shop, [A_FAMILY], { asFamilies: true }),
    new Set(),
  ],
  ["families.countLeft", (s, shop, t) => s.families.countLeft(shop, t.familyId, []), 0],
  ["families.list", (s, shop) => s.families.list(shop), []],
  ["families.findOthersCodes", (s, shop) => s.families.findOthersCodes(shop, [A_FAMILY]), []],
  [
    "registrationFiles.countWaiting",
    (s, shop) => s.registrationFiles.countWaiting(shop, scopeOf(null)),
    0,
  ],
  ["registrationFiles.find", (s, shop, t) => s.registrationFiles.find(shop, t.fileId), null],
  [
    "registrationFiles.list",
    (s, shop) => s.registrationFiles.list(shop, { batchId: null, openOnly: false, limit: 9 }),
    [],
  ],
  [
    "registrationFiles.countCodes",
    (s, shop, t) => s.registrationFiles.countCodes(shop, t.fileId),
    { waiting: 0, arrived: 0, differing: 0, takenBack: 0 },
  ],
  [
    "registrationFiles.pageCodes",
    (s, shop, t) =>
      s.registrationFiles.pageCodes(shop, t.fileId, {
        ...{ state: "waiting" as const, part: null, after: null, limit: 9 },
      }),
    [],
  ],
  [
    "registrationFiles.findWaiting",
    (s, shop, t) => s.registrationFiles.findWaiting(shop, t.fileId, ["FILED-1" as DiscountCode]),
    [],
  ],
  [
    "conversions.listUnsentForCodes",
    (s, shop, t) => s.conversions.listUnsentForCodes(shop, [t.codeId, t.familyCodeId]),
    [],
  ],
  ["families.find", (s, shop, t) => s.families.find(shop, t.familyId), null],
  ["families.listUnregistered", (s, shop) => s.families.listUnregistered(shop), []],
  [
    "families.countForBatch",
    (s, shop, t) => s.families.countForBatch(shop, t.batchId),
    { all: 0, registered: 0, failed: 0 },
  ],
  [
    "conversions.listUnsentForFamily",
    (s, shop, t) => s.conversions.listUnsentForFamily(shop, { codeIds: [t.familyCodeId] }),
    [],
  ],
  ["deliveries.find", (s, shop, { deliveryId }) => s.deliveries.find(shop, deliveryId), null],
  ["deliveries.findAll", (s, shop, t) => s.deliveries.findAll(shop, [t.deliveryId]), []],
  [
    "deliveries.listDeletedOrders",
    (s, shop, t) => s.deliveries.listDeletedOrders(shop, [t.orderId]),
    [],
  ],
  ["deliveries.listForOrder", (s, shop, t) => s.deliveries.listForOrder(shop, t.orderId), []],
  ["orders.find", (s, shop, { orderId }) => s.orders.find(shop, orderId), null],
  ["orders.findAll", (s, shop, { orderId }) => s.orders.findAll(shop, [orderId]), []],
  [
    "orders.findAttribution",
    (s, shop, { orderId }) => s.orders.findAttribution(shop, orderId),
    null,
  ],
  ["orders.page", (s, shop) => s.orders.page(shop, { limit: 9 }), { orders: [], nextCursor: null }],
  ["orders.countByState", (s, shop) => s.orders.countByState(shop), NOTHING],
  ["orders.listHeardOf", (s, shop, t) => s.orders.listHeardOf(shop, [t.orderId]), []],
  [
    "orders.listWaitingFor",
    (s, shop) => s.orders.listWaitingFor(shop, "not-connected", { after: null, limit: 9 }),
    [],
  ],
  ["conversions.find", (s, shop, t) => s.conversions.find(shop, t.conversionId), null],
  ["clicks.listLookUps", (s, shop) => s.clicks.listLookUps(shop, ["Click-1"]), new Map()],
  ["clicks.listRefusals", (s, shop, t) => s.clicks.listRefusals(shop, [t.orderId]), []],
  ["clicks.findNewestLookUp", (s, shop) => s.clicks.findNewestLookUp(shop), null],
  ["clicks.findPixelOn", (s, shop) => s.clicks.findPixelOn(shop), false],
  ["clicks.findParameter", (s, shop) => s.clicks.findParameter(shop), null],
  ["clicks.findLandingsFrom", (s, shop) => s.clicks.findLandingsFrom(shop), null],
  ["clicks.listRedacted", (s, shop, t) => s.clicks.listRedacted(shop, [t.orderId]), new Map()],
  ["clicks.listForOrder", (s, shop, t) => s.clicks.listForOrder(shop, t.orderId), []],
  ["conversions.findAll", (s, shop, t) => s.conversions.findAll(shop, [t.conversionId]), []],
  ["conversions.listForOrders", (s, shop, t) => s.conversions.listForOrders(shop, [t.orderId]), []],
  ["conversions.listForOrder", (s, shop, t) => s.conversions.listForOrder(shop, t.orderId), []],
  [
    "conversions.listUnsentForCode",
    (s, shop, t) => s.conversions.listUnsentForCode(shop, t.code),
    [],
  ],
  [
    "conversions.findSubmission",
    (s, shop, t) => s.conversions.findSubmission(shop, t.submissionId),
    null,
  ],
  [
    "conversions.listSubmissions",
    (s, shop, t) => s.conversions.listSubmissions(shop, [t.conversionId]),
    [],
  ],
  [
    "conversions.findCreditedElsewhere",
    (s, shop) => s.conversions.findCreditedElsewhere(shop, { ...REPORTS_TO, accountSid: "x" }),
    null,
  ],
  ["outcomes.listOpen", (s, shop) => s.outcomes.listOpen(shop, [OPEN]), []],
  [
    "adjustments.listOverdue",
    (s, shop) => s.adjustments.listOverdue(shop, { before: LATER, limit: 9 }),
    [],
  ],
  ["adjustments.find", (s, shop, t) => s.adjustments.find(shop, t.adjustmentId), null],
  ["adjustments.newestFor", (s, shop, t) => s.adjustments.newestFor(shop, t.conversionId), null],
  ["adjustments.listForOrder", (s, shop, t) => s.adjustments.listForOrder(shop, t.orderId), []],
  ["reconciliations.find", (s, shop, t) => s.reconciliations.find(shop, t.runId), null],
  ["reconciliations.list", (s, shop) => s.reconciliations.list(shop, { limit: 9 }), []],
  [
    "reconciliations.findFinished",
    (s, shop) => s.reconciliations.findFinished(shop, { kinds: ["backfill"], coveringMs: 0 }),
    null,
  ],
  ["differences.list", (s, shop) => s.differences.list(shop, { limit: 9 }), []],
  ["credited.list", (s, shop, t) => s.credited.list(shop, t.orderId), []],
  ["differences.count", (s, shop) => s.differences.count(shop), 0],
  [
    "differences.listReported",
    (s, shop, t) => s.differences.listReported(shop, REPORTS_TO, [t.orderId]),
    [],
  ],
  ["differences.listRestarted", (s, shop, t) => s.differences.listRestarted(shop, [t.orderId]), []],
  [
    "differences.listOwnNames",
    (s, shop, t) =>
      s.differences.listOwnNames(shop, REPORTS_TO, { orderIds: [t.orderId], codes: [t.code] }),
    { orderIds: new Set(), uncoded: [], codes: new Set() },
  ],
  [
    "seenCodes.listDiscounts",
    (s, shop, t) => s.seenCodes.listDiscounts(shop, { after: null, only: t.discountId, limit: 9 }),
    [],
  ],
  [
    "seenCodes.findDiscount",
    (s, shop, t) => s.seenCodes.findDiscount(shop, t.discountShopifyId),
    null,
  ],
  [
    "seenCodes.countLive",
    (s, shop, t) => s.seenCodes.countLive(shop, t.discountId, []),
    { live: 0, among: 0, isBusy: false, isBusyThere: false },
  ],
  [
    "seenCodes.listStories",
    (s, shop, t) =>
      s.seenCodes.listStories(shop, runWith({ id: t.runId }), {
        ...{ after: null, limit: 9, now: LATER },
      }),
    [],
  ],
  [
    "seenCodes.listPatterns",
    (s, shop, t) => s.seenCodes.listPatterns(shop, runWith({ id: t.runId })),
    [],
  ],
  ["seenCodes.listCut", (s, shop, t) => s.seenCodes.listCut(shop, t.runId), []],
  ["codes.listToRegister", (s, shop, t) => s.codes.listToRegister(shop, [t.codeId]), []],
  ["codes.countToAsk", (s, shop) => s.codes.countToAsk(shop), 0],
  ["codes.findToAsk", (s, shop, t) => s.codes.findToAsk(shop, [t.code]), []],
  ["seenCodes.listTold", (s, shop, t) => s.seenCodes.listTold(shop, [t.codeId]), []],
  ["seenCodes.listWaiting", (s, shop, t) => s.seenCodes.listWaiting(shop, [t.filedCodeId]), []],
  ["seenCodes.findReadBack", (s, shop, t) => s.seenCodes.findReadBack(shop, t.codeId, 0), "each"],
  [
    "codeDifferences.list",
    (s, shop) => s.codeDifferences.list(shop, { ...THAT_DIFFERENCE, after: null, limit: 9 }),
    [],
  ],
  ["codeDifferences.countByKind", (s, shop) => s.codeDifferences.countByKind(shop), new Map()],
  ["codeDifferences.find", (s, shop) => s.codeDifferences.find(shop, THAT_DIFFERENCE), null],
  ["ledger.listKnown", (s, shop, t) => s.ledger.listKnown(shop, [t.orderId]), new Map()],
  [
    "ledger.listChangedBetween",
    (s, shop) =>
      s.ledger.listChangedBetween(
        shop,
        { after: LONG_AGO, afterId: null, before: LATER, placedFrom: LONG_AGO },
        { except: [], limit: 9 },
      ),
    [],
  ],
  ["ledger.listAskedFor", (s, shop, t) => s.ledger.listAskedFor(shop, [t.orderId]), []],
  [
    "ledger.countByReason",
    (s, shop) => s.ledger.countByReason(shop, { from: LONG_AGO, to: LATER }),
    [],
  ],
  ["ledger.countFetching", (s, shop) => s.ledger.countFetching(shop), 0],
  ["ledger.countSecondLooks", (s, shop) => s.ledger.countSecondLooks(shop), 0],
  ["problems.sumFailedOrders", (s, shop) => s.problems.sumFailedOrders(shop, RETRYABLE, LATER), []],
  [
    "problems.listFailedOrders",
    (s, shop) => s.problems.listFailedOrders(shop, { ofEachReason: 9, heldSince: LATER }),
    [],
  ],
  ["problems.countRetryable", (s, shop) => s.problems.countRetryable(shop, RETRYABLE), 0],
  [
    "problems.listRetryable",
    (s, shop) => s.problems.listRetryable(shop, RETRYABLE, { after: null, limit: 9 }),
    [],
  ],
  ["problems.listFailedCodes", (s, shop) => s.problems.listFailedCodes(shop, { limit: 9 }), []],
  ["problems.sumImpactWaits", (s, shop) => s.problems.sumImpactWaits(shop), []],
  ["problems.listFailedBatches", (s, shop) => s.problems.listFailedBatches(shop), []],
  [
    "problems.listLostDeliveries",
    (s, shop) => s.problems.listLostDeliveries(shop, { since: new Date(0), limit: 9 }),
    [],
  ],
  [
    "problems.countAll",
    (s, shop) => s.problems.countAll(shop, { since: new Date(0), heldSince: LATER }),
    0,
  ],
  [
    "late.sumUnassigned",
    (s, shop) => s.late.sumUnassigned(shop, { since: new Date(0), limit: 9 }),
    [],
  ],
  ["late.countByEffect", (s, shop, { code }) => s.late.countByEffect(shop, asked(code)), []],
  [
    "late.listByEffect",
    (s, shop, { code }) => s.late.listByEffect(shop, asked(code), { limit: 9 }),
    [],
  ],
  [
    "late.listOverdueOrders",
    (s, shop) => s.late.listOverdueOrders(shop, { before: LATER, limit: 9 }),
    [],
  ],
  ["late.listOverdue", (s, shop) => s.late.listOverdue(shop, { before: LATER, limit: 9 }), []],
  ["late.listCreditedThere", (s, shop, t) => s.late.listCreditedThere(shop, [t.orderId]), []],
  [
    "late.listEarning",
    (s, shop, { code }) => s.late.listEarning(shop, asked(code), { after: null, limit: 9 }),
    [],
  ],
  [
    "handOuts.page",
    async (s, shop, t) => {
      const page = { beside: null, limit: 9 };
      const scopes = [picked(t), { kind: "batch", batchId: t.batchId } as const];
      return (
        await Promise.all(scopes.map((one) => s.handOuts.page(shop, one, page, LATER)))
      ).flat();
    },
    [],
  ],
  ["handOuts.count", (s, shop, t) => s.handOuts.count(shop, picked(t), LATER), []],
  ["handOuts.listDiscounts", (s, shop, t) => s.handOuts.listDiscounts(shop, [t.discountId]), []],
  [
    "handOuts.countEarned",
    (s, shop, { partnerId, code }) =>
      s.handOuts.countEarned(shop, { partnerId, codes: [code], upTo: 9 }),
    new Map(),
  ],
  ["uploads.find", (s, shop, { uploadId }) => s.uploads.find(shop, uploadId), null],
  ["uploads.findTaken", (s, shop, { batchId }) => s.uploads.findTaken(shop, batchId), null],
  [
    "uploads.listRefused",
    (s, shop, { batchId }) => s.uploads.listRefused(shop, batchId, { after: 0, limit: 9 }),
    [],
  ],
  ["uploads.listNew", (s, shop, t) => s.uploads.listNew(shop, t.uploadId, [t.code]), []],
  [
    "uploads.listNewAfter",
    (s, shop, { uploadId }) => s.uploads.listNewAfter(shop, uploadId, { after: 0, limit: 9 }),
    [],
  ],
  ["uploads.findOfBatch", (s, shop, { batchId }) => s.uploads.findOfBatch(shop, batchId), null],
  [
    "uploads.listWrong",
    (s, shop, { uploadId }) => s.uploads.listWrong(shop, uploadId, { after: 0, limit: 9 }),
    [],
  ],
  ["compliance.find", (s, shop, t) => s.compliance.find(shop, t.complianceId), null],
  ["compliance.list", (s, shop) => s.compliance.list(shop, 9), []],
  ["rules.list", (s, shop) => s.rules.list(shop), []],
  [
    "replays.sumSettled",
    (s, shop) => s.replays.sumSettled(shop, { since: LONG_AGO, until: null, without: [] }),
    [],
  ],
  [
    "replays.sumReported",
    (s, shop) => s.replays.sumReported(shop, { basis: "net", since: LONG_AGO }),
    { reportedMinor: 0, netMinor: 0 },
  ],
  [
    "replays.page",
    (s, shop) =>
      s.replays.page(
        shop,
        { since: LONG_AGO, until: null, without: [] },
        { after: null, limit: 9 },
      ),
    [],
  ],
  ...ADOPTION_READS,
  ["adoptions.nextUnread", (s, shop, t) => s.adoptions.nextUnread(shop, t.adoptionId), null],
];

test("no read gives a shop anything of another's, with the other's ids in hand", async () => {
  const { store, mine, other, theirs } = await twoShops();
  for (const [name, read, nothing] of READS) {
    expect(await read(store, mine, theirs), name).toEqual(nothing);
  }
  // The ids are good: their own shop finds something with most of them.
  const found = await Promise.all(READS.map(([, read]) => read(store, other.domain, theirs)));
  expect(found[0]).toMatchObject({ name: "Coffee House" });
  const lost = READS.filter((_, at) => found[at] === null).map(([name]) => name);
  expect(lost).toEqual([]);
});

const UNHELD = { promoCodeId: "9", leaseUntil: null };
const FAILED = { state: "failed", problem: "not yours" } as const;

const TERMS: DiscountTerms = {
  ...PLAIN_DETAILS,
  title: "Podcast",
  value: { kind: "other" },
  currency: "USD",
  startsAt: LATER,
  endsAt: null,
  usageLimit: null,
  oncePerCustomer: false,
  combines: false,
  minimumMinor: null,
};

const PLAN = { pattern: "{RANDOM:6}", value: "", codesEach: 1, partnerIds: [], drawn: 0 };

const LEASE = { now: new Date(LATER.getTime() + 1), until: new Date(LATER.getTime() + 2) };

const A_RUN = { id: runWith().id, programId: PROGRAM_ID };
const ANOTHER_RUN = { ...A_RUN, id: randomUUID(), from: new Date(0), to: LATER };

const WRITES: [
  name: string,
  write: (store: Stores, shop: ShopDomain, t: Theirs) => Promise<unknown>,
][] = [
  ["changes.create", (s, shop) => s.changes.create(shop, A_CHANGE, LATER)],
  ["changes.savePlan", (s, shop, t) => s.changes.savePlan(shop, t.changeBatchId, A_CHANGE.plan)],
  ["changes.add", (s, shop, t) => s.changes.add(shop, t.changeBatchId, [t.codeId], "planned")],
  [
    "changes.begin",
    (s, shop, t) =>
      s.changes.begin(
        shop,
        t.changeBatchId,
        [t.codeId],
        { stage: "handing-over", unregisters: true },
        LEASE.until,
      ),
  ],
  [
    "changes.move",
    (s, shop, t) => s.changes.move(shop, t.changeBatchId, [t.codeId], { stage: "making" }),
  ],
  [
    "changes.putOff",
    (s, shop, { changeBatchId, codeId }) =>
      s.changes.putOff(shop, changeBatchId, [{ codeId, orders: 1, nextAt: LATER }], LATER),
  ],
  [
    "changes.saveNewCodes",
    (s, shop, t) =>
      s.changes.saveNewCodes(shop, t.changeBatchId, [{ codeId: t.codeId, code: t.code }]),
  ],
  ["changes.retire", (s, shop, t) => s.changes.retire(shop, t.changeBatchId, [t.codeId], LATER)],
  [
    "changes.expire",
    (s, shop, t) => s.changes.expire(shop, t.changeBatchId, t.codeId, LATER, LATER),
  ],
  [
    "changes.handOver",
    (s, shop, t) =>
      s.changes.handOver(shop, t.changeBatchId, t.codeId, {
        ...{ partnerId: t.partnerId, at: LATER, wasRegistered: true },
      }),
  ],
  [
    "changes.registerAnew",
    (s, shop, t) => s.changes.registerAnew(shop, t.changeBatchId, t.codeId, { keepsReach: false }),
  ],
  [
    "changes.settle",
    (s, shop, t) =>
      s.changes.settle(shop, t.changeBatchId, [{ codeId: t.codeId, problem: null }], LATER),
  ],
  ["changes.reopen", (s, shop, t) => s.changes.reopen(shop, t.lateBatchId)],
  ["changes.drop", (s, shop, t) => s.changes.drop(shop, t.changeBatchId, LATER)],
  [
    "conversions.saveEarner",
    (s, shop, t) =>
      s.conversions.saveEarner(shop, t.conversionId, {
        ...{ partnerId: "66666" as PartnerId, code: "NOT-YOURS" as DiscountCode, clickId: null },
      }),
  ],
  [
    "conversions.savePart",
    (s, shop, t) => s.conversions.savePart(shop, t.conversionId, { weights: [1, 0], position: 1 }),
  ],
  ["clicks.takeFor", (s, shop, { orderId }) => s.clicks.takeFor(shop, [{ ...A_CLICK, orderId }])],
  ["replays.saveLookUp", (s, shop) => s.replays.saveLookUp(shop, { ...A_LOOK_UP }, LATER)],
  ["clicks.saveLookUp", (s, shop) => s.clicks.saveLookUp(shop, { ...A_LOOK_UP }, LATER)],
  [
    "clicks.saveRefusal",
    (s, shop, { orderId }) =>
      s.clicks.saveRefusal(shop, { ...A_REFUSAL, orderId, reason: "PARTNER_NOT_ACTIVE" }),
  ],
  ["clicks.record", (s, shop) => s.clicks.record(shop, { ...A_CLICK, clickId: "X" }, LATER)],
  ["clicks.savePixelOn", (s, shop) => s.clicks.savePixelOn(shop, false)],
  [
    "clicks.claimLookUps",
    (s, shop) => s.clicks.claimLookUps(shop, { now: LATER, until: LEASE.until }),
  ],
  ["clicks.saveLookUpsUntil", (s, shop) => s.clicks.saveLookUpsUntil(shop, LEASE.until)],
  ["clicks.saveParameter", (s, shop) => s.clicks.saveParameter(shop, "theirs")],
  ["clicks.saveLandingsFrom", (s, shop) => s.clicks.saveLandingsFrom(shop, LATER)],
  ["clicks.forgetAll", (s, shop, t) => s.clicks.forgetAll(shop, [t.orderId])],
  ["batches.claim", (s, shop, t) => s.batches.claim(shop, t.batchId, LEASE)],
  [
    "batches.renew",
    (s, shop, t) => s.batches.renew(shop, t.batchId, { from: LATER, until: LEASE.until }),
  ],
  [
    "batches.save",
    (s, shop, t) =>
      s.batches.save(shop, {
        ...{ id: t.batchId, shop, discountId: t.discountId, codes: 0, attempts: 9, plan: null },
        ...{ state: "failed", problem: "not yours", createdAt: LATER, finishedAt: LATER },
      }),
  ],
  ["batches.noteProgress", (s, shop, t) => s.batches.noteProgress(shop, t.batchId)],
  ["batches.saveAsked", (s, shop, t) => s.batches.saveAsked(shop, t.batchId, 0, null)],
  [
    "batches.settlePart",
    (s, shop, t) => s.batches.settlePart(shop, t.batchId, 0, { failed: [], anew: [] }, LATER),
  ],
  ["batches.savePlan", (s, shop, t) => s.batches.savePlan(shop, t.batchId, PLAN)],
  [
    "batches.advancePlan",
    (s, shop, t) => s.batches.advancePlan(shop, t.batchId, { before: PLAN, next: PLAN }),
  ],
  [
    "batches.rename",
    (s, shop, t) =>
      s.batches.rename(shop, [
        { codeId: t.codeId, code: "NOT-YOURS" as DiscountCode, familyId: null },
      ]),
  ],
  ["batches.reopen", (s, shop, t) => s.batches.reopen(shop, t.batchId, "cancelling")],
  ["batches.noteTried", (s, shop, t) => s.batches.noteTried(shop, t.batchId, [0])],
  [
    "batches.claimDiscount",
    (s, shop, t) => s.batches.claimDiscount(shop, { id: t.batchId, discountId: t.discountId }),
  ],
  ["batches.noteUntried", (s, shop, t) => s.batches.noteUntried(shop, t.batchId, 0)],
  ["batches.dropUntried", (s, shop, t) => s.batches.dropUntried(shop, t.batchId, 9)],
  ["batches.cancel", (s, shop, t) => s.batches.cancel(shop, t.batchId)],
  ["codeViews.add", (s, shop) => s.codeViews.add(shop, A_VIEW, LATER)],
  ["codeViews.rename", (s, shop, t) => s.codeViews.rename(shop, t.viewId, "Not yours")],
  ["codeViews.remove", (s, shop, t) => s.codeViews.remove(shop, t.viewId)],
  [
    "codes.forgetNeverMade",
    (s, shop, t) => s.codes.forgetNeverMade(shop, { discountId: t.discountId, codes: [t.code] }),
  ],
  ["codes.planFailed", (s, shop, t) => s.codes.planFailed(shop, { codeId: t.codeId })],
  ["codes.planUnregistrable", (s, shop, t) => s.codes.planUnregistrable(shop, t)],
  ["batches.hold", (s, shop, t) => s.batches.hold(shop, t.batchId)],
  ["batches.recount", (s, shop, t) => s.batches.recount(shop, t.batchId)],
  ["uploads.addRows", (s, shop, t) => s.uploads.addRows(shop, t.uploadId, A_ROW_OF_EACH)],
  ["uploads.saveChecked", (s, shop, t) => s.uploads.saveChecked(shop, t.uploadId, NO_ROWS)],
  ["uploads.remove", (s, shop, t) => s.uploads.remove(shop, t.uploadId)],
  ["uploads.take", (s, shop, t) => s.uploads.take(shop, t.uploadId, t.batchId)],
  ["uploads.takeRows", (s, shop, t) => s.uploads.takeRows(shop, t.uploadId, 9)],
  [
    "uploads.refuseNew",
    (s, shop, t) => s.uploads.refuseNew(shop, t.uploadId, [{ number: 2, problem: "No." }]),
  ],
  ["uploads.addRefused", (s, shop, t) => s.uploads.addRefused(shop, t.uploadId, [A_REFUSED_ROW])],
  [
    "registrationFiles.create",
    (s, shop, t) =>
      s.registrationFiles.create(
        shop,
        { programId: PROGRAM_ID, scope: { batchId: t.batchId } },
        LATER,
      ),
  ],
  ["registrationFiles.beginLook", (s, shop, t) => s.registrationFiles.beginLook(shop, t.fileId)],
  [
    "registrationFiles.saveArrived",
    (s, shop, t) =>
      s.registrationFiles.saveArrived(
        shop,
        t.fileId,
        [{ codeId: t.filedCodeId, promoCodeId: "1", registeredAs: null, registeredFrom: null }],
        LATER,
      ),
  ],
  [
    "registrationFiles.saveDiffering",
    (s, shop, t) =>
      s.registrationFiles.saveDiffering(shop, t.fileId, [
        { codeId: t.filedCodeId, problem: "not yours" },
      ]),
  ],
  ["registrationFiles.takeBack", (s, shop, t) => s.registrationFiles.takeBack(shop, t.fileId, 9)],
  ["registrationFiles.closeAll", (s, shop) => s.registrationFiles.closeAll(shop, LATER)],
  ["registrationFiles.renumber", (s, shop, t) => s.registrationFiles.renumber(shop, t.fileId)],
  [
    "registrationFiles.save",
    async (s, shop, t) => {
      const file = await s.registrationFiles.find(t.otherShop, t.fileId);
      if (file) await s.registrationFiles.save(shop, { ...file, state: "done" });
    },
  ],
  ["uploads.savePlanned", (s, shop, t) => s.uploads.savePlanned(shop, t.uploadId)],
  [
    "discounts.saveShopifyId",
    (s, shop, t) => s.discounts.saveShopifyId(shop, t.discountId, "gid://x"),
  ],
  [
    "discounts.adopt",
    (s, shop, { code }) =>
      s.discounts.adopt(shop, { shopifyId: "gid://x", terms: TERMS, code }, LATER),
  ],
  [
    "codes.assign",
    (s, shop, t) =>
      s.codes.assign(shop, t.codeId, { partnerId: t.partnerId, startsAt: new Date(0) }),
  ],
  [
    "codes.saveShopifyState",
    (s, shop, t) => s.codes.saveShopifyState(shop, t.codeId, FAILED, LATER),
  ],
  [
    "codes.claimForRegistration",
    (s, shop, t) => s.codes.claimForRegistration(shop, t.codeId, { now: LATER, until: LATER }),
  ],
  [
    "codes.saveImpactState",
    (s, shop, { codeId: id }) =>
      s.codes.saveImpactState(shop, { id, leaseUntil: null }, { ...FAILED, attempts: 9 }, LATER),
  ],
  ["families.plan", (s, shop) => s.families.plan(shop, [A_FAMILY], LATER)],
  ["families.claim", (s, shop, t) => s.families.claim(shop, t.familyId, LEASE)],
  ["families.beginEnd", (s, shop, t) => s.families.beginEnd(shop, t.familyId)],
  ["families.forget", (s, shop, t) => s.families.forget(shop, t.familyId)],
  [
    "families.saveState",
    (s, shop, { familyId: id }) =>
      s.families.saveState(shop, { ...{ id, ...UNHELD, attempts: 9 }, ...FAILED }, LATER),
  ],
  ["families.follow", (s, shop, t) => s.families.follow(shop, [t.familyCodeId], LATER)],
  ["families.planFailed", (s, shop, t) => s.families.planFailed(shop, t)],
  ["families.forgetRegistrations", (s, shop) => s.families.forgetRegistrations(shop)],
  ["codes.forgetRegistrations", (s, shop) => s.codes.forgetRegistrations(shop)],
  [
    "codes.saveStanding",
    (s, shop, { codeId, partnerId }) =>
      s.codes.saveStanding(
        shop,
        [{ codeId, partnerId, promoCodeId: "9", registeredAs: null, registeredFrom: null }],
        LATER,
      ),
  ],
  [
    "codes.saveDiffering",
    (s, shop, { codeId }) => s.codes.saveDiffering(shop, [{ codeId, problem: "no" }], LATER),
  ],
  ["codes.forgetTries", (s, shop) => s.codes.forgetTries(shop)],
  [
    "deliveries.markProcessed",
    (s, shop, t) => s.deliveries.markProcessed(shop, t.deliveryId, LATER),
  ],
  [
    "deliveries.markAllProcessed",
    (s, shop, t) => s.deliveries.markAllProcessed(shop, [t.deliveryId], LATER),
  ],
  ["deliveries.removeAll", (s, shop, t) => s.deliveries.removeAll(shop, [t.deliveryId])],
  ["deliveries.noteFailure", (s, shop, t) => s.deliveries.noteFailure(shop, t.deliveryId)],
  [
    "deliveries.markFailed",
    (s, shop, t) => s.deliveries.markFailed(shop, t.deliveryId, "not yours", LATER),
  ],
  [
    "orders.markUnread",
    (s, shop, t) =>
      s.orders.markUnread(shop, t.orderId, { problem: "not yours", changedAt: LATER }, LATER),
  ],
  ["orders.markRead", (s, shop, t) => s.orders.markRead(shop, [t.orderId], LATER)],
  ["orders.markThere", (s, shop, t) => s.orders.markThere(shop, [t.orderId])],
  ["orders.markDeleted", (s, shop, t) => s.orders.markDeleted(shop, [t.orderId], LATER)],
  [
    "orders.saveStatuses",
    (s, shop, t) => {
      const status = { orderId: t.orderId, ...FAILED, reason: "refused" as const };
      return s.orders.saveStatuses(shop, [status], LATER);
    },
  ],
  [
    "orders.saveDecisions",
    (s, shop, t) => {
      const status = { orderId: t.orderId, ...FAILED, reason: "refused" as const };
      return s.orders.saveDecisions(shop, [{ ...status, attribution: null, forgets: true }], LATER);
    },
  ],
  [
    "conversions.moveAccount",
    (s, shop) => s.conversions.moveAccount(shop, { from: REPORTS_TO.accountSid, to: "x" }),
  ],
  ["conversions.saveAmount", (s, shop, t) => s.conversions.saveAmount(shop, t.conversionId, 1)],
  ["conversions.saveOrderId", (s, shop, t) => s.conversions.saveOrderId(shop, t.conversionId, "x")],
  ["conversions.remove", (s, shop, t) => s.conversions.remove(shop, t.conversionId)],
  [
    "conversions.saveStandings",
    (s, shop, { conversionId }) =>
      s.conversions.saveStandings(shop, [{ conversionId, reason: "refused", problem: "x" }]),
  ],
  [
    "orders.saveStatus",
    (s, shop, t) => s.orders.saveStatus(shop, t.orderId, { ...FAILED, reason: "refused" }, LATER),
  ],
  [
    "orders.nameClicks",
    (s, shop, { orderId }) =>
      s.orders.nameClicks(shop, [{ orderId, partnerId: "66666" as PartnerId }]),
  ],
  ["orders.forgetCustomers", (s, shop, t) => s.orders.forgetCustomers(shop, [t.orderId])],
  ["conversions.forgetCustomers", (s, shop, t) => s.conversions.forgetCustomers(shop, [t.orderId])],
  [
    "conversions.claimAll",
    (s, shop, t) => s.conversions.claimAll(shop, [t.conversionId], { now: LATER, until: LATER }),
  ],
  [
    "conversions.saveTries",
    (s, shop, { conversionId: id }) =>
      s.conversions.saveTries(shop, [{ ...FAILED, id, leaseUntil: null } as unknown as Conversion]),
  ],
  [
    "conversions.creditAll",
    (s, shop, { conversionId: id, orderId: impactOrderId }) =>
      s.conversions.creditAll(shop, [{ id, impactOrderId, held: [], partnerId: null }], LATER),
  ],
  [
    "conversions.restart",
    (s, shop, t) =>
      s.conversions.restart(shop, t.conversionId, { impactOrderId: "x", amountMinor: 1 }),
  ],
  [
    "outcomes.completeAll",
    (s, shop, { partnerId }) =>
      s.outcomes.completeAll(shop, [{ submissionId: OPEN, partnerId, completedAt: null }], LATER),
  ],
  ["outcomes.noteChecks", (s, shop) => s.outcomes.noteChecks(shop, [OPEN])],
  [
    "adjustments.claim",
    (s, shop, t) => s.adjustments.claim(shop, t.adjustmentId, { now: LATER, until: LATER }),
  ],
  [
    "partners.endContractsNotSeenSince",
    (s, shop) => s.partners.endContractsNotSeenSince(shop, LATER),
  ],
  ["partners.startSync", (s, shop) => s.partners.startSync(shop, "1", LATER)],
  ["partners.stopSync", (s, shop) => s.partners.stopSync(shop, "not yours", LATER)],
  ["connections.remove", (s, shop) => s.connections.remove(shop)],
  ["shops.saveScopes", (s, shop) => s.shops.saveScopes(shop, ["read_orders"])],
  ["shops.noteOpened", (s, shop) => s.shops.noteOpened(shop, LATER)],
  [
    "shops.saveDetails",
    (s, shop) =>
      s.shops.saveDetails(shop, { name: "x", currency: "EUR", timeZone: "UTC", host: "x" }),
  ],
  [
    "shops.saveReportSettings",
    (s, shop) => s.shops.saveReportSettings(shop, { reportWhen: "paid", amountBasis: "gross" }),
  ],
  ["handOuts.saveLandingPath", (s, shop) => s.handOuts.saveLandingPath(shop, "/mine")],
  ["compliance.record", (s, shop) => s.compliance.record(shop, A_REQUEST)],
  ["reconciliations.follow", (s, shop) => s.reconciliations.follow(shop, "backfill")],
  [
    "reconciliations.save",
    (s, shop, t) => {
      const run = runWith({ id: t.runId, state: "running" });
      return s.reconciliations.save(shop, run, { ...run, state: "failed" });
    },
  ],
  [
    "differences.markSeen",
    (s, shop, t) =>
      s.differences.markSeen(
        shop,
        { seen: [t.conversionId], live: [{ conversionId: t.conversionId, actionId: "a" }] },
        runWith({ startedAt: LATER }),
      ),
  ],
  [
    "differences.save",
    (s, shop, t) => s.differences.save(shop, A_RUN, [differenceOf(t.orderId)], LATER),
  ],
  ["credited.note", (s, shop, t) => s.credited.note(shop, A_RUN, [creditedOf(t.orderId)], LATER)],
  [
    "credited.release",
    (s, shop) => s.credited.release(shop, ANOTHER_RUN, { placedFrom: LONG_AGO, limit: 9 }),
  ],
  ["credited.forget", (s, shop, t) => s.credited.forget(shop, t.orderId)],
  ["differences.remove", (s, shop, t) => s.differences.remove(shop, [differenceOf(t.orderId)])],
  [
    "differences.addMissing",
    (s, shop) => {
      const run = runWith({ from: LONG_AGO, to: LATER, startedAt: LATER });
      return s.differences.addMissing(shop, run, { ...REPORTS_TO, settledBefore: LATER }, LATER);
    },
  ],
  [
    "seenCodes.saveDiscount",
    (s, shop, t) =>
      s.seenCodes.saveDiscount(shop, t.discountId, {
        terms: TERMS,
        deactivatedAt: LATER,
        plannedEndsAt: null,
      }),
  ],
  [
    "seenCodes.noteDeactivatedHere",
    (s, shop, t) => s.seenCodes.noteDeactivatedHere(shop, t.discountId),
  ],
  [
    "seenCodes.claimLook",
    (s, shop, t) => s.seenCodes.claimLook(shop, t.discountId, { at: LATER, now: LATER }),
  ],
  ["seenCodes.beginLook", (s, shop, t) => s.seenCodes.beginLook(shop, t.discountId)],
  ["seenCodes.saveDeleted", (s, shop, t) => s.seenCodes.saveDeleted(shop, t.discountId, LATER)],
  [
    "seenCodes.noteInShopify",
    (s, shop, t) =>
      s.seenCodes.noteInShopify(shop, runWith({ id: t.runId }), {
        ...{ discountId: t.discountId, codes: [t.code] },
      }),
  ],
  ["seenCodes.noteCut", (s, shop, t) => s.seenCodes.noteCut(shop, t.runId, t.discountId)],
  [
    "seenCodes.noteAtImpact",
    (s, shop, t) =>
      s.seenCodes.noteAtImpact(shop, runWith({ id: t.runId }), [listedAs(t.code, t.partnerId)]),
  ],
  ["seenCodes.forget", (s, shop, t) => s.seenCodes.forget(shop, t.runId)],
  ["seenCodes.forgetBefore", (s, shop) => s.seenCodes.forgetBefore(shop, randomUUID())],
  [
    "codeDifferences.save",
    (s, shop, t) => s.codeDifferences.save(shop, t.runId, [A_CODE_DIFFERENCE], LATER),
  ],
  [
    "codeDifferences.saveGroups",
    (s, shop, t) =>
      s.codeDifferences.saveGroups(shop, t.runId, { discountId: null, hasProgram: true }, LATER),
  ],
  [
    "codeDifferences.saveFamilies",
    (s, shop, t) => s.codeDifferences.saveFamilies(shop, runWith({ id: t.runId }), LATER),
  ],
  ["codeDifferences.forgetUnseen", (s, shop) => s.codeDifferences.forgetUnseen(shop, runWith())],
  ["codeDifferences.remove", (s, shop) => s.codeDifferences.remove(shop, THAT_DIFFERENCE)],
  [
    "codeDifferences.removeOfCodes",
    (s, shop) => s.codeDifferences.removeOfCodes(shop, [THAT_DIFFERENCE.subject as DiscountCode]),
  ],
  [
    "codeDifferences.saveProblem",
    (s, shop) => s.codeDifferences.saveProblem(shop, THAT_DIFFERENCE, "no"),
  ],
  ["codeRepairs.planAgain", (s, shop, t) => s.codeRepairs.planAgain(shop, t)],
  ["codeRepairs.forgetDiscount", (s, shop, t) => s.codeRepairs.forgetDiscount(shop, t.discountId)],
  ["codeRepairs.planRegistration", (s, shop, t) => s.codeRepairs.planRegistration(shop, t.codeId)],
  [
    "codeRepairs.planFamily",
    (s, shop, t) => s.codeRepairs.planFamily(shop, t.familyId, { isGone: true }),
  ],
  [
    "codeRepairs.expireRetired",
    (s, shop, t) => s.codeRepairs.expireRetired(shop, t.familyId, LATER),
  ],
  ["codeRepairs.noteExpired", (s, shop, t) => s.codeRepairs.noteExpired(shop, t.codeId)],
  [
    "codeDifferences.saveProblems",
    (s, shop) => s.codeDifferences.saveProblems(shop, "only-at-impact", "not yours"),
  ],
  ["codeRepairs.takeAsLive", (s, shop, t) => s.codeRepairs.takeAsLive(shop, t, LATER)],
  [
    "codeRepairs.moveToDiscount",
    (s, shop, t) =>
      s.codeRepairs.moveToDiscount(shop, t.codeId, { shopifyId: "gid://y", terms: TERMS }, LATER),
  ],
  [
    "codeRepairs.followImpact",
    (s, shop, { codeId, partnerId }) =>
      s.codeRepairs.followImpact(
        shop,
        codeId,
        { partnerId, promoCodeId: "1", registeredAs: null, startsAt: LATER },
        LATER,
      ),
  ],
  [
    "differences.forgetUnseen",
    (s, shop) => s.differences.forgetUnseen(shop, ANOTHER_RUN, { limit: 9 }),
  ],
  ["rules.append", (s, shop) => s.rules.append(shop, A_RULE)],
  ...ADOPTION_WRITES,
  ...PIPELINE_WRITES,
  ["shops.uninstall", (s, shop) => s.shops.uninstall(shop, LATER)],
  ["shops.erase", (s, shop) => s.shops.erase(shop, { but: randomUUID() })],
];

const ADDS = "adds rows that bear the shop it is given";
const LOCKS = "locks until the transaction ends, and writes nothing";
const LOOKS_ELSEWHERE = "a yes or no about other shops of the program, by design";

/** Neither in READS nor in WRITES, each with the reason. */
const NEITHER: Record<string, string> = {
  inTransaction: "runs the methods below",
  inPipeline: "runs the methods below",
  "discounts.create": ADDS,
  "batches.create": ADDS,
  "batches.addParts": ADDS,
  "conversions.createAll": ADDS,
  "adjustments.create": ADDS,
  "uploads.create": ADDS,
  "reconciliations.start": ADDS,
  "partners.saveAll": ADDS,
  "shops.save": "writes the row whose key is the shop",
  "connections.saveProgram": "writes the row whose key is the shop",
  "shops.hold": LOCKS,
  "connections.hold": LOCKS,
  "codes.hold": LOCKS,
  "families.hold": LOCKS,
  "orders.lock": LOCKS,
  "orders.lockAll": LOCKS,
  "families.isKeptElsewhere": LOOKS_ELSEWHERE,
  "seenCodes.isProgramSharedNow": LOOKS_ELSEWHERE,
  "changes.isSharedElsewhere": LOOKS_ELSEWHERE,
  "reconciliations.shopsToPlan": "plans the runs of all shops",
  "deliveries.record": "the last test is about it",
  "shops.reportSettings": "gives the defaults where there is no such shop: asked of no other's id",
  "handOuts.landingPath": "takes no id but the shop's own",
  "queue.send": "the payload says the shop, and the jobs' own test takes another's ids",
  "queue.sendAll": "the payload says the shop, and the jobs' own test takes another's ids",
  "queue.isWaiting": "whether anything is due, of whatever shop",
  "queue.putOff": "of the shop it is given, and no id is",
};

test("every method of every store is tried with another shop's ids, or says why not", async () => {
  const { ports } = await createWorld();
  const methods = Object.entries(ports.store).flatMap(([part, store]) =>
    typeof store === "function"
      ? [part]
      : Object.keys(store as object).map((name) => `${part}.${name}`),
  );
  const tried = [...READS.map(([name]) => name), ...WRITES.map(([name]) => name)];
  const listed = [...tried, ...Object.keys(NEITHER)];
  expect(listed.toSorted()).toEqual([...new Set(methods)].toSorted());
});

async function everythingOf({ prisma, domain: shop }: World): Promise<string> {
  const where = { shop };
  const rows = await Promise.all([
    prisma.shop.findMany({ where: { domain: shop } }),
    prisma.impactAccount.findMany({ where }),
    prisma.program.findMany({ where }),
    prisma.partner.findMany({ where, orderBy: { partnerId: "asc" } }),
    prisma.partnerSync.findMany({ where }),
    prisma.discount.findMany({ where }),
    prisma.code.findMany({ where }),
    prisma.codeFamily.findMany({ where }),
    prisma.assignment.findMany({ where }),
    prisma.batch.findMany({ where }),
    prisma.batchPart.findMany({ where: { batch: { shop } }, orderBy: { number: "asc" } }),
    prisma.codeView.findMany({ where }),
    prisma.upload.findMany({ where }),
    prisma.uploadRow.findMany({ where, orderBy: { number: "asc" } }),
    prisma.adoption.findMany({ where, orderBy: { id: "asc" } }),
    prisma.adoptionDiscount.findMany({ where }),
    prisma.adoptionCode.findMany({ where }),
    prisma.registrationFile.findMany({ where }),
    prisma.fileCode.findMany({ where, orderBy: { codeId: "asc" } }),
    prisma.adoptionRow.findMany({ where }),
    prisma.delivery.findMany({ where, orderBy: { id: "asc" } }),
    prisma.order.findMany({ where, orderBy: { orderId: "asc" } }),
    prisma.click.findMany({ where }),
    prisma.clickLookUp.findMany({ where }),
    prisma.replayLookUp.findMany({ where }),
    prisma.clickRefusal.findMany({ where }),
    prisma.conversion.findMany({ where }),
    prisma.submission.findMany({ where, orderBy: { submissionId: "asc" } }),
    prisma.adjustment.findMany({ where }),
    prisma.reconciliation.findMany({ where, orderBy: { id: "asc" } }),
    prisma.difference.findMany({ where }),
    prisma.codeDifference.findMany({ where }),
    prisma.seenCode.findMany({ where }),
    prisma.complianceRecord.findMany({ where }),
    prisma.attributionRule.findMany({ where, orderBy: { from: "asc" } }),
  ]);
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

test("no write of a shop changes anything of another's, with the other's ids in hand", async () => {
  const { store, mine, other, theirs } = await twoShops();
  const before = await everythingOf(other);
  for (const [name, write] of WRITES) {
    await write(store, mine, theirs);
    expect(await everythingOf(other), name).toBe(before);
  }
  expect(await rowsOfShop(other, other.domain)).toMatchObject({ Order: 2, Conversion: 2 });
});

test("a repeat of another shop's webhook id is a delivery of its own", async () => {
  const { store, mine, other } = await twoShops();
  const [theirs] = await other.prisma.delivery.findMany({ where: { shop: other.domain } });
  const content = { kind: "notice" } as const;
  const incoming = { eventId: null, topic: "app/uninstalled", triggeredAt: null, content };
  const webhookId = theirs?.webhookId ?? "";
  const delivery = { ...incoming, shop: mine, webhookId };
  const [id] = await store.deliveries.record([{ delivery, state: "received" }], LATER);
  expect(id).toEqual(expect.any(String));
  expect(id).not.toBe(theirs?.id);
});
