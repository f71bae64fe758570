import { UNSAFE_ErrorResponseImpl as ErrorResponse } from "@remix-run/router";
import { expect, test } from "vitest";
import { explainFailure, explainUnanswered } from "#app/components/explain-failure.ts";

/** As Chromium, Firefox and Safari say it, and Chromium of an answer that broke off. */
const LOST = [
  "Failed to fetch",
  "NetworkError when attempting to fetch resource.",
  "Load failed",
  "network error",
].map((message) => new TypeError(message));

test("a lost connection is told apart from a failure of ours", () => {
  for (const error of LOST) {
    expect(explainFailure(error), error.message).toMatchObject({
      title: "The connection was lost",
      isPassing: true,
    });
  }
  for (const error of [
    new Error("Unexpected Server Error"),
    new TypeError("Cannot read properties of undefined (reading 'fetch')"),
    new ErrorResponse(500, "", null),
  ]) {
    expect(explainFailure(error)?.title).toBe("Something went wrong on our side");
  }
});

test("a form whose connection broke is told that it may have been done and can be sent again", async () => {
  for (const error of LOST) {
    const sentence = await explainUnanswered(error);
    expect(sentence, error.message).toMatch(/^The connection broke before an answer came/);
    expect(sentence).toContain("may have been made");
    expect(sentence).toContain("nothing is made twice");
  }
});

test("a form that our server or one before it failed is told so, and can be sent again", async () => {
  for (const error of [
    new Error("Unexpected Server Error"),
    new Error("<html>502 Bad Gateway</html>"),
    new Response(null, { status: 502 }),
  ]) {
    const sentence = await explainUnanswered(error);
    expect(sentence).toMatch(/^Something went wrong on our side before an answer came/);
    expect(sentence).not.toContain("<html>");
    expect(sentence).toContain("nothing is made twice");
  }
  const unreachable = new Response("Shopify can't be reached.", { status: 503 });
  expect(await explainUnanswered(unreachable)).toMatch(
    /^Shopify can't be reached\. What you typed/,
  );
});

test("a form that was answered is left to its answer", async () => {
  const answers = [401, 404, 400].map((status) => new Response("No", { status }));
  for (const answer of [...answers, Response.redirect("https://app.example.com/app")]) {
    expect(await explainUnanswered(answer), `${answer.status}`).toBeNull();
  }
});
