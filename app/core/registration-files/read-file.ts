import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileCode, FileCounts } from "../ports/registration-file-stores.ts";
import { offerFile, type FileOffer } from "./offer-file.ts";
import { overdueBefore, type RegistrationFile } from "./registration-file.ts";

export interface FileStanding {
  file: RegistrationFile;
  counts: FileCounts;
  /** A day after the upload, or after it was made, codes are still missing. */
  isOverdue: boolean;
}

export interface FileDetail extends FileStanding {
  /** The first of those that impact.com has otherwise. */
  differing: FileCode[];
  /** Once it is overdue, the first of those that are missing. */
  missing: FileCode[];
}

interface Asked {
  shop: ShopDomain;
  fileId: string;
}

const CODES_SHOWN = 20;
const MOST_FILES = 50;

/** One file with how far it has come; null where this shop has no such file. */
export async function readFile(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, fileId }: Asked,
): Promise<FileDetail | null> {
  const file = await store.registrationFiles.find(shop, fileId);
  if (!file) return null;
  const standing = await standingOf({ store, clock }, file);
  const page = { part: null, after: null, limit: CODES_SHOWN };
  const list = (state: "waiting" | "differs") =>
    store.registrationFiles.pageCodes(shop, fileId, { ...page, state });
  const [differing, missing] = await Promise.all([
    standing.counts.differing > 0 ? list("differs") : [],
    standing.isOverdue ? list("waiting") : [],
  ]);
  return { ...standing, differing, missing };
}

/** A shop's newest files. */
export async function listFiles(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<FileStanding[]> {
  const of = { batchId: null, openOnly: false, limit: MOST_FILES };
  return listStandings(ports, shop, of);
}

/** What a batch's page, or with no batch the Codes page, says of registering by a file. */
export interface FileHint {
  offer: FileOffer | null;
  /** Files that are under way, newest first. */
  files: FileStanding[];
}

const MOST_HINTS = 5;

export async function readFileHint(
  ports: Pick<Ports, "store" | "clock" | "impact">,
  { shop, batchId }: { shop: ShopDomain; batchId: string | null },
): Promise<FileHint> {
  const of = { batchId, openOnly: true, limit: MOST_HINTS };
  const [offer, files] = await Promise.all([
    offerFile(ports, { shop, batchId }),
    listStandings(ports, shop, of),
  ]);
  return { offer, files };
}

/** Files of which codes are missing that should have arrived by now. */
export async function listOverdueFiles(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<FileStanding[]> {
  const of = { batchId: null, openOnly: true, limit: MOST_FILES };
  return (await listStandings(ports, shop, of)).filter(({ isOverdue }) => isOverdue);
}

async function listStandings(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  of: Parameters<Ports["store"]["registrationFiles"]["list"]>[1],
): Promise<FileStanding[]> {
  const files = await ports.store.registrationFiles.list(shop, of);
  return Promise.all(files.map((file) => standingOf(ports, file)));
}

async function standingOf(
  { store, clock }: Pick<Ports, "store" | "clock">,
  file: RegistrationFile,
): Promise<FileStanding> {
  const counts = await store.registrationFiles.countCodes(file.shop, file.id);
  const since = file.uploadedAt ?? file.createdAt;
  const isLate = file.state === "open" && since <= overdueBefore(clock.now());
  return { file, counts, isOverdue: isLate && counts.waiting > 0 };
}
