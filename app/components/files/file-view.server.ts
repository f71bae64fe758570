import type { FileDetail, FileHint, FileStanding } from "#app/core/registration-files/read-file.ts";
import type { FileCode } from "#app/core/ports/registration-file-stores.ts";
import { timeFormats } from "../time-formats.server.ts";

export type FileRow = ReturnType<typeof fileRow>;
export type FileView = ReturnType<typeof fileView>;
export type FileHintView = ReturnType<typeof fileHintView>;

/** A file as lists and warnings name it. */
export function fileRow({ file, counts, isOverdue }: FileStanding, timeZone: string) {
  return {
    id: file.id,
    state: file.state,
    codes: file.codes,
    arrived: counts.arrived,
    missing: counts.waiting,
    isOverdue,
    madeAt: timeFormats(timeZone).minute(file.createdAt),
  };
}

/** One file in the words of its page. */
export function fileView(detail: FileDetail, timeZone: string) {
  const { file, counts, differing, missing } = detail;
  const { minute } = timeFormats(timeZone);
  return {
    ...fileRow(detail, timeZone),
    parts: file.parts,
    differing: counts.differing,
    takenBack: counts.takenBack,
    isUploaded: file.uploadedAt !== null,
    uploadedAt: file.uploadedAt && minute(file.uploadedAt),
    lookedAt: file.lookedAt && minute(file.lookedAt),
    nextLookAt: file.nextLookAt && minute(file.nextLookAt),
    endedAt: file.finishedAt && minute(file.finishedAt),
    problem: file.problem,
    differingCodes: differing.map(codeRow),
    missingCodes: missing.map(codeRow),
  };
}

export type FileCodeRow = ReturnType<typeof codeRow>;

function codeRow({ code, problem }: FileCode) {
  return { id: code.id, code: code.code, partner: code.partner?.name ?? null, problem };
}

/** What stands beside codes that wait: the offer, and the files that are under way. */
export function fileHintView({ offer, files }: FileHint, timeZone: string) {
  return { offer, files: files.map((file) => fileRow(file, timeZone)) };
}
