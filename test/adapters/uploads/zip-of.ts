import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import yazl from "yazl";

type Part = string | (() => Iterable<string>);

/** A zip file of the given parts; a part made piece by piece may be larger than memory. */
export async function zipOf(parts: Record<string, Part>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === "string") zip.addBuffer(Buffer.from(part), name);
    else zip.addReadStream(Readable.from(part()), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** A workbook of one sheet, whose XML a test writes itself; further parts replace the usual ones. */
export async function workbookOf(
  sheetData: Part,
  others: Record<string, Part> = {},
): Promise<Buffer> {
  const head = `<worksheet xmlns="${MAIN}"><sheetData>`;
  const tail = "</sheetData></worksheet>";
  const sheet: Part =
    typeof sheetData === "string"
      ? head + sheetData + tail
      : function* () {
          yield head;
          yield* sheetData();
          yield tail;
        };
  return zipOf({
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"/>`,
    "_rels/.rels": relations([["r1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATION}"><sheets><sheet name="Codes" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ["r1", "worksheet", "worksheets/sheet1.xml"],
      ["r2", "sharedStrings", "sharedStrings.xml"],
      ["r3", "styles", "styles.xml"],
    ]),
    "xl/worksheets/sheet1.xml": sheet,
    ...others,
  });
}

function relations(all: [id: string, type: string, target: string][]): string {
  const each = all.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
}
