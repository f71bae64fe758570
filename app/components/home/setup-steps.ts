import type { Home } from "#app/core/reports/read-home.ts";

export interface SetupStep {
  title: string;
  text: string;
  button: string;
  url: string;
  isDone: boolean;
}

/** The way from install to the first code, in the order it has to be gone. */
export function setupSteps({
  setup,
  partnerSync,
}: Pick<Home, "setup" | "partnerSync">): SetupStep[] {
  const isSyncing = partnerSync?.state === "running";
  return [
    {
      title: "Connect impact.com",
      text: "Paste your account's Account SID and Auth Token.",
      button: "Connect",
      url: "/app/impact",
      isDone: setup.connected,
    },
    {
      title: "Choose a program",
      text: "Orders are reported to one program and one of its event types.",
      button: "Choose program",
      url: "/app/impact",
      isDone: setup.program !== null,
    },
    {
      title: "Sync partners",
      text: isSyncing
        ? "Partners are being read from impact.com."
        : "Partners are read from the program you choose.",
      button: isSyncing ? "See progress" : "Sync partners",
      url: "/app/impact",
      isDone: setup.partners > 0,
    },
    {
      title: "Make your first discount",
      text: "One discount with a code for each partner. The codes work at checkout and are registered at impact.com.",
      button: "New discount",
      url: "/app/discounts/new",
      isDone: setup.codes > 0,
    },
  ];
}
