import type { HandOut } from "./hand-out.ts";

/** A hand-out as plain text, ready for an e-mail. */
export function handOutText({ shopName, partner, codes }: HandOut): string {
  const [opening, advice] =
    codes.length === 1
      ? ["Here is your discount code", "Share the code or the link"]
      : ["Here are your discount codes", "Share a code or its link"];
  return [
    `Hi ${partner.name},`,
    `${opening} for ${shopName}. ${advice}: whoever orders with it earns you the order, even without a click.`,
    ...codes.map(({ code, terms, link }) => [`Code: ${code}`, terms, `Link: ${link}`].join("\n")),
    "",
  ].join("\n\n");
}
