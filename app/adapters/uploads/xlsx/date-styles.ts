import type { Archive } from "./open-archive.ts";
import { readWholeXml } from "./read-xml.ts";

/** Built-in number formats that show a date (ECMA-376 part 1, 18.8.30, with those of East Asia). */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** The numbers of the cell styles that show a number as a date. */
export async function readDateStyles(archive: Archive, part: string): Promise<Set<number>> {
  const dateFormats = new Set<number>();
  const dateStyles = new Set<number>();
  let [inCellFormats, style] = [false, 0];
  await readWholeXml(archive.read(part), {
    open(element, { numFmtId = "", formatCode = "" }) {
      const format = Number(numFmtId);
      if (element === "numFmt" && showsDate(formatCode)) dateFormats.add(format);
      if (element === "cellXfs") inCellFormats = true;
      if (element !== "xf" || !inCellFormats) return;
      if (isBuiltInDate(format) || dateFormats.has(format)) dateStyles.add(style);
      style += 1;
    },
    close(element) {
      if (element === "cellXfs") inCellFormats = false;
    },
  });
  return dateStyles;
}

/** Year, month and day tokens outside of quotes, escapes and brackets. */
function showsDate(formatCode: string): boolean {
  return /[ymd]/i.test(formatCode.replace(/"[^"]*"|\\.|\[[^\]]*\]|general/gi, ""));
}
