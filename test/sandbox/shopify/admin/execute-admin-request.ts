import { execute } from "graphql";
import type { ExecutionResult, GraphQLError } from "graphql";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import type { AdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import { refundPoints, takePoints, throttleStatus } from "#test/sandbox/shopify/admin/bucket.ts";
import type { ThrottleStatus } from "#test/sandbox/shopify/admin/bucket.ts";
import { actualCost, MAXIMUM_QUERY_COST, requestedCost } from "#test/sandbox/shopify/admin/cost.ts";
import { fieldResolver } from "#test/sandbox/shopify/admin/field-resolver.ts";
import { readRequest } from "#test/sandbox/shopify/admin/read-request.ts";
import type { GraphqlRequest, ReadRequest } from "#test/sandbox/shopify/admin/read-request.ts";
import { requestRuleErrors } from "#test/sandbox/shopify/admin/request-rules.ts";
import { mutationRoot, queryRoot } from "#test/sandbox/shopify/admin/roots.ts";

export interface QueryCost {
  requestedQueryCost: number;
  actualQueryCost: number | null;
  throttleStatus: ThrottleStatus;
}

export interface GraphqlReply {
  data?: unknown;
  errors?: readonly (GraphQLError | Record<string, unknown>)[];
  extensions?: { cost: QueryCost };
}

async function run(
  admin: AdminSchema,
  context: AdminContext,
  { document, operation }: ReadRequest,
  request: GraphqlRequest,
): Promise<ExecutionResult> {
  const root = operation.definition.operation === "mutation" ? mutationRoot : queryRoot;
  return execute({
    schema: admin.schema,
    document,
    rootValue: root(context),
    variableValues: request.variables,
    operationName: operation.definition.name?.value ?? null,
    fieldResolver: fieldResolver(admin, context),
  });
}

function throttled() {
  return {
    message: "Throttled",
    extensions: {
      code: "THROTTLED",
      documentation: "https://shopify.dev/api/usage/rate-limits",
    },
  };
}

function tooDear(cost: number) {
  return {
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${MAXIMUM_QUERY_COST}).`,
    extensions: {
      code: "MAX_COST_EXCEEDED",
      cost,
      maxCost: MAXIMUM_QUERY_COST,
      documentation: "https://shopify.dev/api/usage/rate-limits",
    },
  };
}

/** Executes one request as Shopify would: rules, points, then resolvers, then the refund. */
export async function executeAdminRequest(
  admin: AdminSchema,
  context: AdminContext,
  request: GraphqlRequest,
  options: { throttle: boolean },
): Promise<GraphqlReply> {
  const { shop, installation, now, jobs } = context;
  jobs.settle(now);
  const read = readRequest(admin, request);
  if ("length" in read) return { errors: read };
  const requestedQueryCost = requestedCost(read.operation);
  const cost = (actualQueryCost: number | null) => ({
    cost: {
      requestedQueryCost,
      actualQueryCost,
      throttleStatus: throttleStatus(shop, installation.bucket),
    },
  });
  if (requestedQueryCost > MAXIMUM_QUERY_COST) {
    return { errors: [tooDear(requestedQueryCost)], extensions: cost(null) };
  }
  if (options.throttle || !takePoints(shop, installation.bucket, requestedQueryCost, now)) {
    const extensions = cost(null);
    const status = extensions.cost.throttleStatus;
    // Throttled on command, the bucket may be full: the reply must not say so.
    status.currentlyAvailable = Math.min(status.currentlyAvailable, requestedQueryCost - 1);
    return { errors: [throttled()], extensions };
  }
  const broken = requestRuleErrors(read.operation, read.document);
  // Shopify keeps the points of a request that breaks these rules.
  if (broken.length > 0) return { errors: broken, extensions: cost(null) };
  const { data, errors } = await run(admin, context, read, request);
  const actual = Math.min(requestedQueryCost, actualCost(read.operation, data));
  refundPoints(shop, installation.bucket, requestedQueryCost - actual, now);
  return { data: data ?? null, ...(errors ? { errors } : {}), extensions: cost(actual) };
}
