import { onTestFinished } from "vitest";
import { acme } from "./acme.ts";
import type { Acme } from "./acme.ts";
import type { Rules } from "./rules.ts";
import { startImpact } from "./server.ts";
import type { ImpactServer } from "./server.ts";

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

interface Started extends Acme {
  server: ImpactServer;
  call(
    method: string,
    path: string,
    form?: Record<string, string> | URLSearchParams,
  ): Promise<Answer>;
}

/** The stand-in on a port of its own until the test ends. */
export async function started(rules: Partial<Rules> = {}): Promise<Started> {
  const world = acme(rules);
  const server = await startImpact(world.state);
  onTestFinished(() => server.close());
  const call: Started["call"] = async (method, path, form) => {
    const init: RequestInit = { method, headers: headers("IRacme", "secret") };
    if (form !== undefined) init.body = new URLSearchParams(form);
    const response = await fetch(`${server.url}/Advertisers/IRacme${path}`, init);
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  };
  return { ...world, server, call };
}

export function headers(sid: string, token: string): Record<string, string> {
  const encoded = Buffer.from(`${sid}:${token}`).toString("base64");
  return { Authorization: `Basic ${encoded}`, Accept: "application/json", "IR-Version": "14" };
}

export const anna10 = {
  AssignedPartnerId: "10000",
  CampaignId: "1000",
  CreditPolicy: "ALWAYS",
  Code: "ANNA10",
  Type: "LI",
};

/** The path below the account, of a Uri in an answer. */
export const tail = (uri: unknown) => String(uri).replace("/Advertisers/IRacme", "");
