import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { PLAIN_DETAILS } from "#app/core/codes/discount.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { bigTable } from "#test/adapters/uploads/big-table.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** A discount without codes, and the 500 partners that the big table names. */
async function setUp({ ports, domain }: World): Promise<string> {
  const now = ports.clock.now();
  const details = {
    name: "Tea House",
    currency: "USD",
    timeZone: "Europe/Berlin",
    host: "tea.example",
  };
  await ports.store.shops.save(domain, details, now);
  const partners = Array.from({ length: 500 }, (_, at) => ({
    ...{ partnerId: String(10_000 + at) as PartnerId, hasContract: true },
    ...{ contractStartedAt: null, contractExpiresAt: null, contractEndedAt: null },
    // Two of them share a name.
    name: `Partner ${at % 499}`,
  }));
  await ports.store.partners.saveAll(domain, partners, now);
  const terms = {
    ...PLAIN_DETAILS,
    ...{ title: "Spring", value: { kind: "percentage" as const, basisPoints: 1_000 } },
    ...{ currency: "USD", startsAt: now, endsAt: null, usageLimit: null, minimumMinor: null },
    ...{ oncePerCustomer: false, combines: false },
  };
  const draft = { draftKey: "spring", terms, codes: [] };
  return (await ports.store.discounts.create(domain, draft, now)).discountId;
}

/** Codes that have one partner, the one whose row it was. */
async function takenAsWritten(prisma: World["prisma"]) {
  const taken = await prisma.$queryRaw<{ code: string; partnerId: string }[]>`
    SELECT code."code", assignment."partnerId" FROM "Code" code
    JOIN "Assignment" assignment ON assignment."codeId" = code."id"`;
  const wanted = new Map([...bigTable()].map(([code = "", partnerId]) => [code, partnerId]));
  const right = taken.filter(({ code, partnerId }) => wanted.get(code) === partnerId);
  return { codes: taken.length, right: new Set(right.map(({ code }) => code)).size };
}

interface Taken {
  counts: { wrongByKind: object };
  /** Wrong rows that came back with a sentence. */
  explained: number;
  batchId: string;
  idleMb: number;
  checkedMb: number;
  peakMb: number;
}

/** In MB, of JavaScript's own heap: out of it, the process ends. Without a limit it grows at leisure. */
const HEAP = "--max-old-space-size=96";
/** Node with Prisma and the queue takes about 125 MB at rest; codes are kept of the file, rows never. */
const MOST_MB = 250;

test(
  "of 200,000 rows 199,500 are taken and 500 explained, in bounded memory",
  { timeout: 300_000 },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "big-upload-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, "codes.csv");
    await writeFile(file, [...bigTable()].map((row) => `${row.join(",")}\r\n`).join(""));
    const world = await createWorld();
    const { prisma, databaseUrl, domain } = world;
    const discountId = await setUp(world);

    const script = path.join(import.meta.dirname, "take-big-upload.ts");
    const given = [HEAP, script, databaseUrl, file, domain, discountId];
    const { stdout } = await promisify(execFile)(process.execPath, given);
    const taken = JSON.parse(stdout) as Taken;

    console.info(`idle ${taken.idleMb} MB, dry run ${taken.checkedMb} MB, then ${taken.peakMb} MB`);
    expect(taken.counts).toMatchObject({ rows: 200_000, new: 199_500, wrong: 500 });
    expect(Object.keys(taken.counts.wrongByKind)).toHaveLength(13);
    expect(taken.explained).toBe(500);
    expect(await takenAsWritten(prisma)).toEqual({ codes: 199_500, right: 199_500 });
    const { batchId } = taken;
    const parts = await prisma.batchPart.aggregate({
      ...{ where: { batchId, state: "planned" }, _sum: { codes: true }, _max: { codes: true } },
    });
    expect(parts).toMatchObject({ _sum: { codes: 199_500 }, _max: { codes: 250 } });
    const batch = await prisma.batch.findUniqueOrThrow({ where: { id: batchId } });
    expect(batch).toMatchObject({ codes: 199_500, state: "running" });
    expect(await prisma.uploadRow.count()).toBe(0);
    expect(taken.peakMb).toBeLessThan(MOST_MB);
  },
);
