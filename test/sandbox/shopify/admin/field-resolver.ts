import { GraphQLError } from "graphql";
import type { GraphQLField, GraphQLFieldResolver } from "graphql";
import { meetsNeed, scopeNeed, scopeTable } from "#test/sandbox/shopify/admin/access-scopes.ts";
import type { ScopeNeed } from "#test/sandbox/shopify/admin/access-scopes.ts";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import type { AdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";

const needs = new WeakMap<AdminSchema, (typeName: string, field: Field) => ScopeNeed | null>();

type Field = GraphQLField<unknown, unknown>;

/** What each field asks for, looked up in Shopify's table once. */
function rememberedNeeds(admin: AdminSchema) {
  const table = scopeTable(admin.scopes);
  const known = new Map<Field, ScopeNeed | null>();
  return (typeName: string, field: Field) => {
    const need = known.get(field);
    if (need !== undefined) return need;
    const found = scopeNeed(table, typeName, field);
    known.set(field, found);
    return found;
  };
}

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
  { scopes, deniedFields }: Pick<AdminContext, "scopes" | "deniedFields">,
): GraphQLFieldResolver<unknown, unknown> {
  const needOf = needs.get(admin) ?? rememberedNeeds(admin);
  needs.set(admin, needOf);
  return (source, args: Record<string, unknown>, _context, { parentType, fieldName }) => {
    const field = parentType.getFields()[fieldName];
    const need = field && needOf(parentType.name, field);
    if (need && !meetsNeed(scopes, need)) throw accessDenied(fieldName, need.requiredAccess);
    const isDenied = deniedFields.includes(`${parentType.name}.${fieldName}`);
    if (isDenied) throw accessDenied(fieldName, "approval for protected customer data");
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
