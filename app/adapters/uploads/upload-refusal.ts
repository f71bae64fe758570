import type { UploadProblem } from "#app/core/uploads/upload-row.ts";

/** Carries a problem out of nested streams to `readUpload`, which hands it on as a value. */
export class UploadRefusal extends Error {
  readonly problem: UploadProblem;

  constructor(kind: UploadProblem["kind"], message: string, cause?: string) {
    super(message);
    this.problem = { kind, retry: "never", message, ...(cause === undefined ? {} : { cause }) };
  }
}

export function isNotATable(what: string): UploadRefusal {
  return new UploadRefusal(
    "upload-format",
    `This file is ${what}, whatever its name says. Upload a CSV, TSV or .xlsx file.`,
  );
}

export function isBroken(cause: string): UploadRefusal {
  return new UploadRefusal(
    "upload-broken",
    "This Excel file is broken or cut off. Open it in Excel, save it as .xlsx again and upload that.",
    cause,
  );
}

export function isLocked(): UploadRefusal {
  return new UploadRefusal(
    "upload-locked",
    "This Excel file is locked with a password. Remove the password in Excel (File → Info → Protect Workbook), save it and upload it again.",
  );
}

export function unpacksTooLarge(): UploadRefusal {
  return new UploadRefusal(
    "upload-too-large",
    "This Excel file unpacks to far more than a list of codes can hold. Copy the codes into a new workbook and upload that.",
  );
}
