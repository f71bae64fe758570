import { unpacksTooLarge } from "../upload-refusal.ts";
import type { Archive } from "./open-archive.ts";
import { readWholeXml } from "./read-xml.ts";
import { unescapeText } from "./cell-value.ts";

/** Ten columns of 200,000 rows, each cell of its own. */
const MOST_STRINGS = 2_000_000;
const MOST_CHARACTERS = 64_000_000;

/** The texts that cells refer to by number (ECMA-376 part 1, 18.4.9); phonetic guides are left out. */
export async function readSharedStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let characters = 0;
  let [text, inText, inGuide] = ["", false, false];
  await readWholeXml(archive.read(part), {
    open(element) {
      if (element === "si") text = "";
      if (element === "t") inText = true;
      if (element === "rPh") inGuide = true;
    },
    text(piece) {
      if (!inText || inGuide) return;
      characters += piece.length;
      if (characters > MOST_CHARACTERS) throw unpacksTooLarge();
      text += piece;
    },
    close(element) {
      if (element === "t") inText = false;
      if (element === "rPh") inGuide = false;
      if (element !== "si") return;
      if (strings.length === MOST_STRINGS) throw unpacksTooLarge();
      strings.push(unescapeText(text));
    },
  });
  return strings;
}
