import path from "node:path/posix";
import { isBroken, isNotATable } from "../upload-refusal.ts";
import type { Archive } from "./open-archive.ts";
import { readWholeXml } from "./read-xml.ts";

/** Where the parts of a workbook stand that hold its first visible sheet. */
export interface SheetParts {
  sheet: string;
  sharedStrings: string | null;
  styles: string | null;
  /** Days are counted from 1904, as Excel for the Mac once did. */
  from1904: boolean;
}

/** Finds the first visible sheet by the workbook's relationships (ECMA-376 part 1, 12.3). */
export async function findSheet(archive: Archive): Promise<SheetParts> {
  if (!archive.has("[Content_Types].xml")) throw isNotATable(whatElse(archive));
  const root = await readRelations(archive, "");
  const workbook = root.find(({ type }) => type === "officeDocument")?.target;
  if (workbook === undefined || !/^xl\/.*\.xml$/i.test(workbook)) {
    throw isNotATable(whatElse(archive));
  }
  const relations = await readRelations(archive, workbook);
  const { id, from1904 } = await readWorkbook(archive, workbook);
  const sheet = relations.find((relation) => relation.id === id && relation.type === "worksheet");
  if (!sheet) throw isBroken("the workbook has no visible sheet");
  const partOf = (type: string) => {
    const target = relations.find((relation) => relation.type === type)?.target;
    return target !== undefined && archive.has(target) ? target : null;
  };
  return {
    sheet: sheet.target,
    sharedStrings: partOf("sharedStrings"),
    styles: partOf("styles"),
    from1904,
  };
}

function whatElse(archive: Archive): string {
  if (archive.has("xl/workbook.bin")) return "a binary Excel file (.xlsb)";
  if (archive.has("word/document.xml")) return "a Word document";
  if (archive.has("ppt/presentation.xml")) return "a PowerPoint presentation";
  if (archive.has("mimetype") && archive.has("content.xml")) return "an OpenDocument file (.ods)";
  return "a packed archive (zip)";
}

interface Relation {
  id: string;
  /** The last part of the type's address; transitional and strict files share it. */
  type: string;
  target: string;
}

async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
  const folder = path.dirname(part);
  const relations: Relation[] = [];
  const name = path.join(folder, "_rels", `${path.basename(part)}.rels`);
  if (!archive.has(name)) return relations;
  await readWholeXml(archive.read(name), {
    open(element, { Id: id = "", Type: type = "", Target: target = "", TargetMode: mode }) {
      if (element !== "Relationship" || mode === "External") return;
      const place = target.startsWith("/") ? target.slice(1) : path.join(folder, target);
      relations.push({ id, type: path.basename(type), target: place });
    },
  });
  return relations;
}

async function readWorkbook(
  archive: Archive,
  part: string,
): Promise<{ id: string | null; from1904: boolean }> {
  const found: { id: string | null; from1904: boolean } = { id: null, from1904: false };
  await readWholeXml(archive.read(part), {
    open(element, attributes) {
      if (element === "workbookPr") found.from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (element !== "sheet" || found.id !== null) return;
      const state = attributes.state ?? "visible";
      const [, id] = Object.entries(attributes).find(([name]) => /:id$/.test(name)) ?? [];
      if (state === "visible" && id !== undefined) found.id = id;
    },
  });
  return found;
}
