import { isRouteErrorResponse } from "@remix-run/react";

export interface Failure {
  title: string;
  sentence: string;
  /** Loading the page again can help. */
  isPassing: boolean;
}

/** What to tell a merchant of a page that failed; null for the library's own Responses. */
export function explainFailure(error: unknown): Failure | null {
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

const OUR_FAULT: Failure = {
  title: "Something went wrong on our side",
  sentence:
    "Your codes and orders are safe, and orders keep being reported. Load the page again in a minute.",
  isPassing: true,
};
