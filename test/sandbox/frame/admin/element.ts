/** The element the page is sure to have; the frame's markup and script belong together. */
export function element<Wanted extends HTMLElement>(id: string): Wanted {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The frame page has no #${id}.`);
  return found as Wanted;
}
