import { isRouteErrorResponse } from "@remix-run/react";

export interface Failure {
  title: string;
  sentence: string;
  /** Loading the page again can help. */
  isPassing: boolean;
}

/** What to tell a merchant of a page that failed; null for the library's own Responses. */
export function explainFailure(error: unknown): Failure | null {
  if (isConnectionLost(error)) return NO_CONNECTION;
  if (!isRouteErrorResponse(error)) return OUR_FAULT;
  const said = typeof error.data === "string" && error.data !== "" ? error.data : null;
  switch (error.status) {
    case 404:
      return {
        title: "There is no such page",
        sentence: said ?? "The link may be incomplete, or what it led to is gone.",
        isPassing: false,
      };
    case 503:
      return {
        title: "This page can't be shown just now",
        sentence: said ?? "Something it needs can't be reached. Try again in a minute.",
        isPassing: true,
      };
    case 400:
    case 500:
      return OUR_FAULT;
    default:
      return null;
  }
}

/**
 * What to tell a merchant whose form got no answer of the app's own, so that nobody knows whether it
 * was done; null for what is an answer. Every action may come twice: it does the same thing once.
 */
export async function explainUnanswered(error: unknown): Promise<string | null> {
  if (isConnectionLost(error)) return `${BROKE} ${AGAIN}`;
  if (!(error instanceof Response)) return `${FAILED} ${AGAIN}`;
  if (error.status < 500) return null;
  const said = error.status === 503 ? await error.text() : "";
  return said === "" ? `${FAILED} ${AGAIN}` : `${said} ${AGAIN}`;
}

/** Each browser says in words of its own that no answer came; a TypeError of other words is a bug. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof TypeError && LOST.some((words) => error.message.startsWith(words));
}

const LOST = ["Failed to fetch", "NetworkError", "Load failed", "network error"];

const BROKE =
  "The connection broke before an answer came. What you asked for may have been made or saved already.";
const FAILED =
  "Something went wrong on our side before an answer came. What you asked for may have been made or saved all the same.";
const AGAIN =
  "What you typed is still here. Press the button again, without changing anything: nothing is made twice.";

const NO_CONNECTION: Failure = {
  title: "The connection was lost",
  sentence:
    "No answer came. Your codes and orders are safe, and orders keep being reported. Load the page again once you are online.",
  isPassing: true,
};

const OUR_FAULT: Failure = {
  title: "Something went wrong on our side",
  sentence:
    "Your codes and orders are safe, and orders keep being reported. Load the page again in a minute.",
  isPassing: true,
};
