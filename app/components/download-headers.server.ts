/** Headers of a file that the browser keeps; the name is of letters, digits and hyphens alone. */
export function downloadHeaders(type: string, fileName: string): Record<string, string> {
  return {
    "content-type": type,
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "no-store",
  };
}
