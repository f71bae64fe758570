import { foldWord } from "./fold-text.ts";
import type { UploadColumn } from "./upload-column.ts";

/**
 * Usual headings, best first: a file with partner ids and names is read by its ids. Names from
 * impact.com: its API's fields, its lists' columns, and its bulk-upload template for promo codes.
 */
const HEADINGS: Record<UploadColumn, string[][]> = {
  code: [
    [
      ...[
        "promo code",
        "code",
        "promo",
        "coupon",
        "coupon code",
        "discount code",
        "discount codes",
      ],
      ...["codes", "promo codes", "promotion code", "promotional code", "voucher", "voucher code"],
      ...["gutscheincode", "gutschein", "rabattcode", "aktionscode", "code promo", "coupon promo"],
      ...["code de réduction", "code réduction", "code promotionnel", "código", "cupón"],
      ...["código promocional", "código de descuento", "código promo"],
    ],
  ],
  partner: [
    [
      ...["media partner id", "partner id", "assigned partner id", "media id", "publisher id"],
      ...["affiliate id", "creator id", "partner-nr", "partnernummer"],
      ...["id partenaire", "id du partenaire", "id socio", "id de socio"],
    ],
    ["partner", "media partner", "affiliate", "publisher", "creator", "influencer", "partenaire"],
    [
      ...["email", "email address", "partner email", "account email"],
      ...["mail", "e-mail-adresse", "adresse e-mail", "courriel", "correo", "correo electrónico"],
    ],
    [
      ...["partner name", "media partner name", "assigned partner name", "affiliate name", "media"],
      ...["publisher name", "creator name", "influencer name", "name", "socio"],
      ...["nom du partenaire", "nom", "nombre", "nombre del socio"],
    ],
  ],
  startsOn: [
    [
      ...["start date", "start", "starts", "starts on", "starts at", "active start date", "from"],
      ...[
        "valid from",
        "start time",
        "begin",
        "begins",
        "startdatum",
        "beginn",
        "gültig ab",
        "von",
      ],
      ...["gültig von", "ab", "début", "date de début", "inicio", "fecha de inicio", "desde"],
    ],
  ],
  endsOn: [
    [
      ...["end date", "end", "ends", "ends on", "ends at", "active end date", "until", "to"],
      ...["valid until", "valid to", "valid through", "end time", "expires", "expiry", "last day"],
      ...["expiry date", "expiration date", "expiration", "enddatum", "ende", "gültig bis", "bis"],
      ...["fin", "date de fin", "expire le", "fecha de fin", "fecha final", "hasta"],
    ],
  ],
  reach: [
    [
      ...["reach", "credit policy", "credit rule", "crediting"],
      ...["reichweite", "gutschriftsregel", "portée", "alcance"],
    ],
  ],
};

interface Meaning {
  column: UploadColumn;
  /** 0 is best. */
  rank: number;
}

const MEANINGS = new Map<string, Meaning>(
  (Object.entries(HEADINGS) as [UploadColumn, string[][]][]).flatMap(([column, ranks]) =>
    ranks.flatMap((names, rank) =>
      names.map((name) => [foldWord(name), { column, rank }] as const),
    ),
  ),
);

/** What a heading says of its column; null for an unknown one. */
export function meaningOf(heading: string): Meaning | null {
  return MEANINGS.get(foldWord(heading)) ?? null;
}
