import { NEEDS_CLICK, type HandOut, type HandOutCode } from "./hand-out.ts";

/** A hand-out as plain text, ready for an e-mail. */
export function handOutText({ shopName, partner, codes }: HandOut): string {
  const [opening, advice] =
    codes.length === 1
      ? ["Here is your discount code", "Share the code or the link"]
      : ["Here are your discount codes", "Share a code or its link"];
  return [
    `Hi ${partner.name},`,
    `${opening} for ${shopName}. ${advice}: ${earningText(codes)}`,
    ...codes.map(codeText),
    "",
  ].join("\n\n");
}

/** What sharing brings, as far as it holds for each of the codes. */
export function earningText(codes: readonly HandOutCode[]): string {
  const isFree = codes.every(({ needsClick }) => !needsClick);
  return `whoever orders with it earns you the order${isFree ? ", even without a click" : ""}.`;
}

function codeText({ code, terms, link, needsClick }: HandOutCode): string {
  const lines = [`Code: ${code}`, terms, `Link: ${link}`];
  return (needsClick ? [...lines, NEEDS_CLICK] : lines).join("\n");
}
