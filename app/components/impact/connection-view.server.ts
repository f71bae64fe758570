import type { ConnectionSummary } from "#app/core/program/read-connection.ts";
import { timeFormats } from "../time-formats.server.ts";

export type ConnectionView = ReturnType<typeof connectionView>;
export type PartnerSyncView = NonNullable<ConnectionView["partnerSync"]>;

/** What the impact.com page shows of a connection. */
export function connectionView(connection: ConnectionSummary, { timeZone }: { timeZone: string }) {
  const { accountSid, companyName, connectedAt, program, partners, partnerSync } = connection;
  const times = timeFormats(timeZone);
  return {
    accountSid,
    companyName,
    connectedOn: times.day(connectedAt),
    program,
    partners,
    partnerSync: partnerSync && {
      ...partnerSync,
      startedAt: times.minute(partnerSync.startedAt),
      finishedAt: partnerSync.finishedAt && times.minute(partnerSync.finishedAt),
    },
  };
}
