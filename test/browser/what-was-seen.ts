import type { Page, Request } from "playwright-core";

const KEPT = 30;

/** The words of a page and of every frame in it, for a failure that says more than "not visible". */
export async function whatItHolds(page: Page): Promise<string> {
  const frames = page.frames().map(async (frame) => {
    const text = await frame.locator("html").innerText({ timeout: 5_000 });
    return `${frame.url().split("?")[0]}: ${text}`;
  });
  const said = await Promise.allSettled(frames);
  return said
    .map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))
    .join("\n");
}

/** What the page asked for last, with what it was answered and when; session tokens are left out. */
export function lastRequests(page: Page): () => string[] {
  const kept: string[] = [];
  const keep = (request: Request, outcome: string) => {
    const { pathname } = new URL(request.url());
    kept.push(`${new Date().toISOString()} ${request.method()} ${pathname} ${outcome}`);
    if (kept.length > KEPT) kept.shift();
  };
  page.on("request", (request) => {
    if (request.method() !== "GET") keep(request, "was sent");
  });
  page.on("response", (response) => keep(response.request(), String(response.status())));
  page.on("requestfailed", (request) => keep(request, request.failure()?.errorText ?? "failed"));
  return () => kept;
}
