import { remembered } from "#test/sandbox/remembered.ts";

const formatFor = remembered(
  (timeZone) => new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }),
);

/** 2025-07-02T11:31:38-05:00: the shop's own clock with its offset, as orders carry it. */
export function shopTime(instant: Date, ianaTimezone: string): string {
  const parts = formatFor(ianaTimezone).formatToParts(instant);
  const name = parts.find((part) => part.type === "timeZoneName")?.value;
  const offset = name?.replace("GMT", "") || "+00:00";
  const [hours = 0, minutes = 0] = offset.split(":").map(Number);
  const shift = (hours * 60 + (offset.startsWith("-") ? -minutes : minutes)) * 60_000;
  return new Date(instant.getTime() + shift).toISOString().slice(0, 19) + offset;
}
