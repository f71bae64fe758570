import type { PartnerId } from "#app/core/ids.ts";
import { dateReader } from "#app/core/uploads/read-upload-date.ts";
import { partnerLookup } from "#app/core/uploads/partner-lookup.ts";
import type { RowContext } from "#app/core/uploads/read-upload-row.ts";
import type { UploadRow } from "#app/core/uploads/upload-row.ts";

const id = (text: string) => text as PartnerId;

/** A program of four partners, two of them of one name, and columns in the usual order. */
export function givenContext(): RowContext {
  const partners = [
    { partnerId: id("10001"), name: "Anna Müller" },
    { partnerId: id("10002"), name: "Ben" },
    { partnerId: id("10003"), name: "Twin" },
    { partnerId: id("10004"), name: "TWIN" },
  ];
  const accounts = [
    { partnerId: id("10001"), email: "anna@x.example" },
    { partnerId: id("10003"), email: "agency@x.example" },
    { partnerId: id("10004"), email: "agency@x.example" },
  ];
  return {
    mapping: { code: 0, partner: 1, startsOn: 2, endsOn: 3, reach: 4 },
    partners: partnerLookup(partners, accounts),
    readDate: dateReader("America/New_York"),
  };
}

export function rowOf(number: number, ...cells: string[]): UploadRow {
  return { number, cells };
}
