import type { CodeSelection } from "../codes/code-selection.ts";
import type { ShopDomain } from "../ids.ts";

/** Codes that a merchant registers by uploading a file at impact.com, and how far they have come. */
export interface RegistrationFile {
  id: string;
  shop: ShopDomain;
  /** The program that its codes are registered in. */
  programId: string;
  /** "taken-back": what had not arrived is registered one by one after all. */
  state: "open" | "done" | "taken-back";
  /** How many were put in. */
  codes: number;
  /** Files that are uploaded one after the other, numbered from 1. */
  parts: number;
  createdAt: Date;
  /** When the merchant said that it is uploaded. */
  uploadedAt: Date | null;
  /** The looks that count: a job of others has lost its turn. */
  lookId: string;
  /** How often impact.com's list was read to its end since the merchant last did something. */
  looks: number;
  lookedAt: Date | null;
  nextLookAt: Date | null;
  /** Why the last look came to no end. */
  problem: string | null;
  finishedAt: Date | null;
}

/** Which of the codes that wait for registration go into a file. */
export type FileScope = { batchId: string } | { selection: CodeSelection };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Soon after an upload; where nobody said that there was one, it may have been all the same. */
const FIRST_LOOK_MS = { uploaded: 2 * MINUTE_MS, silent: 60 * MINUTE_MS };
/** Then nobody expects anything any more, but whoever asks for a look. */
const LOOKING_MS = 30 * DAY_MS;

/** When impact.com's list is read again: ever more seldom up to once a day, for a month. */
export function nextLookAt(
  { createdAt, uploadedAt, looks }: Pick<RegistrationFile, "createdAt" | "uploadedAt" | "looks">,
  now: Date,
): Date | null {
  if (now.getTime() - (uploadedAt ?? createdAt).getTime() > LOOKING_MS) return null;
  const first = uploadedAt ? FIRST_LOOK_MS.uploaded : FIRST_LOOK_MS.silent;
  return new Date(now.getTime() + Math.min(first * 2 ** Math.min(looks, 12), DAY_MS));
}

/** From then on codes that have not arrived are a matter for the merchant. */
export function overdueBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
