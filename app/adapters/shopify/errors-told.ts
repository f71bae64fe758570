import type { GraphqlQueryError } from "@shopify/shopify-api";
import { z } from "zod";

const graphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({ code: z.string().optional() }).optional(),
});
/** As the library hands on an answer; beside `errors` it may hold `data`. */
const body = z.object({ errors: z.object({ graphQLErrors: z.array(graphqlError) }) });

export interface ToldError {
  message: string;
  code?: string | undefined;
  /** orders.nodes.0.customAttributes */
  path?: string | undefined;
}

/**
 * What Shopify said was wrong, fit for a log: an answer with errors may carry data beside them, with
 * whatever a customer or a theme wrote into an order.
 */
export function errorsTold(error: GraphqlQueryError): ToldError[] {
  const parsed = body.safeParse(error.body);
  if (!parsed.success) return [{ message: error.message }];
  return parsed.data.errors.graphQLErrors.map(({ message, path, extensions }) => ({
    message,
    code: extensions?.code,
    path: path?.join("."),
  }));
}
