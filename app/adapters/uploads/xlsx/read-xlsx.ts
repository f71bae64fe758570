import type { UploadRow } from "#app/core/uploads/upload-row.ts";
import { readDateStyles } from "./date-styles.ts";
import { findSheet } from "./find-sheet.ts";
import { openArchive } from "./open-archive.ts";
import { readSheet } from "./read-sheet.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { spoolUpload } from "./spool-upload.ts";

/** The rows of a workbook's first visible sheet. Only the texts that cells share are kept in memory. */
export async function* readXlsx(bytes: AsyncIterable<Buffer>): AsyncGenerator<UploadRow> {
  const file = await spoolUpload(bytes);
  try {
    const archive = await openArchive(file.fd);
    const { sheet, sharedStrings, styles, from1904 } = await findSheet(archive);
    const values = {
      sharedStrings: sharedStrings === null ? [] : await readSharedStrings(archive, sharedStrings),
      dateStyles: styles === null ? new Set<number>() : await readDateStyles(archive, styles),
      from1904,
    };
    yield* readSheet(archive.read(sheet), values);
  } finally {
    await file.close();
  }
}
