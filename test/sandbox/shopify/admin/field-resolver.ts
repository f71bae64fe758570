import { GraphQLError } from "graphql";
import type { GraphQLFieldResolver } from "graphql";
import { meetsNeed, scopeNeed, scopeTable } from "#test/sandbox/shopify/admin/access-scopes.ts";
import type { ScopeTable } from "#test/sandbox/shopify/admin/access-scopes.ts";
import type { AdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";

const tables = new WeakMap<AdminSchema, ScopeTable>();

function accessDenied(fieldName: string, requiredAccess: string): GraphQLError {
  return new GraphQLError(
    `Access denied for ${fieldName} field. Required access: ${requiredAccess}`,
    {
      extensions: {
        code: "ACCESS_DENIED",
        documentation: "https://shopify.dev/api/usage/access-scopes",
        requiredAccess,
      },
    },
  );
}

/** A view either has a field or this stand-in does not know it: then it says so, never null. */
export function fieldResolver(
  admin: AdminSchema,
  scopes: readonly string[],
): GraphQLFieldResolver<unknown, unknown> {
  const table = tables.get(admin) ?? scopeTable(admin.scopes);
  tables.set(admin, table);
  return (source, args: Record<string, unknown>, _context, { parentType, fieldName }) => {
    const field = parentType.getFields()[fieldName];
    const need = field && scopeNeed(table, parentType.name, field);
    if (need && !meetsNeed(scopes, need)) throw accessDenied(fieldName, need.requiredAccess);
    const view = source as Record<string, unknown>;
    if (!Object.hasOwn(view, fieldName)) {
      throw new GraphQLError(
        `The Shopify stand-in has no ${parentType.name}.${fieldName}: add it in test/sandbox/shopify/admin.`,
      );
    }
    const value = view[fieldName];
    return typeof value === "function" ? (value as (given: unknown) => unknown)(args) : value;
  };
}
