import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { nextLookAt, type RegistrationFile } from "./registration-file.ts";

type FilePorts = Pick<Ports, "store" | "clock">;

interface Asked {
  shop: ShopDomain;
  fileId: string;
}

/** The merchant has uploaded the file: impact.com's list is read in a moment, then ever more seldom. */
export async function confirmUpload(ports: FilePorts, asked: Asked): Promise<void> {
  await changeOpen(ports, asked, async (tx, file, now) => {
    const uploaded = { ...file, uploadedAt: now, looks: 0 };
    await lookAt(tx, uploaded, nextLookAt(uploaded, now));
  });
}

/** Reads impact.com's list at once; a look that is under way begins anew. */
export async function lookNow(ports: FilePorts, asked: Asked): Promise<void> {
  await changeOpen(ports, asked, (tx, file, now) => lookAt(tx, file, now));
}

/** Spreads what has not arrived over new parts, to be uploaded once more. */
export async function renewFile(ports: FilePorts, asked: Asked): Promise<void> {
  await changeOpen(ports, asked, async (tx, file, now) => {
    const parts = await tx.registrationFiles.renumber(asked.shop, file.id);
    const renewed = { ...file, parts: Math.max(1, parts), uploadedAt: null, looks: 0 };
    await lookAt(tx, renewed, nextLookAt(renewed, now));
  });
}

async function changeOpen(
  { store, clock }: FilePorts,
  { shop, fileId }: Asked,
  change: (tx: Stores, file: RegistrationFile, now: Date) => Promise<void>,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const file = await tx.registrationFiles.beginLook(shop, fileId);
    if (file) await change(tx, file, clock.now());
  });
}

async function lookAt(tx: Stores, file: RegistrationFile, at: Date | null): Promise<void> {
  const { shop, id: fileId, lookId } = file;
  await tx.registrationFiles.save(shop, { ...file, nextLookAt: at, problem: null });
  const look = { shop, fileId, lookId, page: 1 };
  if (at) await tx.queue.send("look-for-file", look, { startAfter: at });
}
