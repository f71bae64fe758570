/** Names compare whatever their case, width and blanks: "  ANNA  B " is "anna b". */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
}

/** Headings and fixed words compare by their letters and digits alone: "Code-Promo *" is "codepromo". */
export function foldWord(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
