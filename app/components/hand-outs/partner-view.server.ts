import { handOutText } from "#app/core/hand-outs/hand-out-text.ts";
import {
  MOST_EARNED_COUNTED,
  type PartnerDetail,
  type PartnerPageCode,
} from "#app/core/hand-outs/read-partner.ts";
import { timeFormats } from "../time-formats.server.ts";

export type PartnerView = ReturnType<typeof partnerView>;
export type PartnerCodeView = PartnerView["codes"][number];

interface Shown {
  timeZone: string;
  /** A text as a QR picture, an SVG. */
  drawQr: (text: string) => string;
}

/** A partner and the page of their codes, as the partner's page shows them. */
export function partnerView(detail: PartnerDetail, shown: Shown) {
  const { partner, shopName, host, landingPath, codes, hasPrevious, hasNext } = detail;
  const ready = codes.flatMap(({ handOut }) => (handOut ? [handOut] : []));
  return {
    id: partner.partnerId,
    name: partner.name,
    hasContract: partner.hasContract,
    landing: landingPath === "/" ? `${host}, the front page` : `${host}${landingPath}`,
    codes: codes.map((code) => codeView(code, shown)),
    text: ready.length > 0 ? handOutText({ shopName, partner, codes: ready }) : null,
    previous: hasPrevious ? (codes.at(0)?.code ?? null) : null,
    next: hasNext ? (codes.at(-1)?.code ?? null) : null,
  };
}

function codeView(found: PartnerPageCode, { timeZone, drawQr }: Shown) {
  const { codeId, code, discountId, discountTitle, handOut, notReady, warning, lastUsedAt } = found;
  return {
    ...{ id: codeId, code, discountId, notReady, warning },
    discount: discountTitle || "Untitled",
    link: handOut?.link ?? null,
    terms: handOut?.terms ?? null,
    needsClick: handOut?.needsClick ?? false,
    picture: handOut && `data:image/svg+xml,${encodeURIComponent(drawQr(handOut.link))}`,
    brought: broughtText(found.orders, lastUsedAt && timeFormats(timeZone).day(lastUsedAt)),
  };
}

function broughtText(orders: number, lastUsed: string | null): string {
  const used = lastUsed ? `, last used ${lastUsed}` : "";
  if (orders === 0) return lastUsed ? `No order earned yet${used}` : "Not used yet";
  if (orders === 1) return `1 order earned${used}`;
  const more = orders >= MOST_EARNED_COUNTED ? " or more" : "";
  return `${orders.toLocaleString("en-US")}${more} orders earned${used}`;
}
