import type { z } from "zod";
import type { ImpactPriority, ImpactProblem } from "#app/core/ports/impact.ts";
import type { ImpactCredentials } from "#app/core/program/program.ts";
import { failure, success, type Result } from "#app/core/result.ts";
import type { FailureLog } from "../failure-log.ts";
import type { HttpAnswer, HttpRequest, SendHttp } from "../send-http.ts";
import { readErrorMessage } from "./error-envelope.ts";
import type { ImpactBudget } from "./impact-budget.ts";
import { problemForStatus, unavailable } from "./impact-problems.ts";

export interface ImpactRequest<Schema extends z.ZodType> {
  credentials: ImpactCredentials;
  priority: ImpactPriority;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /Advertisers/{AccountSID}/, without a leading slash. */
  path: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
  response: Schema;
}

export interface ImpactClient {
  request<Schema extends z.ZodType>(
    request: ImpactRequest<Schema>,
  ): Promise<Result<z.infer<Schema>, ImpactProblem>>;
  /** How many requests of a kind an account's hour has room for. */
  perHour: ImpactBudget["perHour"];
}

const API_VERSION = "14";
/** The whole of one request may take as long. */
export const IMPACT_TIMEOUT_MS = 30_000;

/**
 * Speaks to impact.com's brand API: Basic credentials, form bodies, a pinned version, and never past
 * the account's hourly budget. Every failure comes back as a value.
 */
export function createImpactClient(options: {
  baseUrl: string;
  budget: ImpactBudget;
  send: SendHttp;
  log: FailureLog;
}): ImpactClient {
  return {
    perHour: options.budget.perHour,
    async request(request) {
      const answer = await ask(options, request);
      if (!answer.ok) {
        const { kind, cause } = answer.problem;
        const { credentials, method, path } = request;
        const { accountSid } = credentials;
        options.log.warn({ accountSid, method, path, kind, cause }, "impact.com request failed");
      }
      return answer;
    },
  };
}

async function ask<Schema extends z.ZodType>(
  options: Parameters<typeof createImpactClient>[0],
  request: ImpactRequest<Schema>,
): Promise<Result<z.infer<Schema>, ImpactProblem>> {
  const { accountSid } = request.credentials;
  const spent = await options.budget.spend(accountSid, request.priority);
  if (!spent.ok) return spent;
  let answer: HttpAnswer;
  try {
    answer = await options.send(httpRequestFor(options.baseUrl, request));
  } catch (error) {
    await options.budget.failed(accountSid);
    return failure(unavailable(String(error)));
  }
  const { status, headers, text } = answer;
  if (status >= 500) await options.budget.failed(accountSid);
  const resetsAt = status < 500 ? await options.budget.observe(accountSid, headers) : null;
  return readAnswer(request, status, text, resetsAt);
}

function urlFor(baseUrl: string, request: ImpactRequest<z.ZodType>): string {
  const sid = encodeURIComponent(request.credentials.accountSid);
  const query = new URLSearchParams(request.query).toString();
  return `${baseUrl}/Advertisers/${sid}/${request.path}${query ? `?${query}` : ""}`;
}

function httpRequestFor(baseUrl: string, request: ImpactRequest<z.ZodType>): HttpRequest {
  const { credentials, method, form } = request;
  const basic = Buffer.from(`${credentials.accountSid}:${credentials.authToken}`).toString(
    "base64",
  );
  return {
    method,
    url: urlFor(baseUrl, request),
    headers: {
      accept: "application/json",
      authorization: `Basic ${basic}`,
      "ir-version": API_VERSION,
      "user-agent": "Partner Codes",
      ...(form && { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
  };
}

function readAnswer<Schema extends z.ZodType>(
  request: ImpactRequest<Schema>,
  status: number,
  text: string,
  resetsAt: Date | null,
): Result<z.infer<Schema>, ImpactProblem> {
  const body = parseJson(text);
  const message = readErrorMessage(body);
  // A 200 can carry Status ERROR (reference/impact.md, section 1).
  if (status >= 400 || message !== null) {
    return failure(problemForStatus({ status, said: message, resetsAt, path: request.path }));
  }
  const parsed = request.response.safeParse(body);
  if (parsed.success) return success(parsed.data);
  const issues = parsed.error.issues.map(({ path, message: why }) => `${path.join(".")}: ${why}`);
  return failure(unavailable(`unexpected answer to ${request.path}: ${issues.join("; ")}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
