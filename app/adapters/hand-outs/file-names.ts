const LONGEST_NAME = 60;

/** A folder's name for a partner, on any system: two partners of one name differ by their ids. */
export function folderNameOf({ partnerId, name }: { partnerId: string; name: string }): string {
  const plain = safe(name).slice(0, LONGEST_NAME).trim();
  return `${plain} (${safe(partnerId)})`.trim();
}

/** A picture's name; `number` tells codes apart that differ in what no file's name may hold. */
export function pictureNameOf(code: string, number: number): string {
  const plain = safe(code);
  // Windows knows names such as CON that no file may have.
  return plain === code ? `QR-${plain}.png` : `QR-${plain}-${number}.png`;
}

/** What Windows, macOS or Linux refuse in a name becomes a line. */
function safe(text: string): string {
  return text.replaceAll(/[\p{C}<>:"/\\|?*]/gu, "_").replaceAll(/^[. ]+|[. ]+$/g, "");
}
