import { getNamedType, isObjectType, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { DocumentNode, GraphQLField } from "graphql";
import type { AdminSchema, ScopeRow } from "#test/sandbox/shopify/admin/admin-schema.ts";

/** What one field asks of an access token. */
export interface ScopeNeed {
  /** "Mutation.webPixelCreate" */
  field: string;
  /** Any one of these. */
  anyOf: string[];
  /** And each of these. */
  also: string[];
  /** Shopify's own sentence. */
  requiredAccess: string;
}

export type ScopeTable = Map<string, ScopeRow>;

export function scopeTable(rows: readonly ScopeRow[]): ScopeTable {
  const asking = rows.filter((row) => row.offlineScopes.length > 0);
  return new Map(
    asking.map((row) => [row.fieldName ? `${row.typeName}.${row.fieldName}` : row.typeName, row]),
  );
}

/** The type whose row counts: of a connection, the type of its nodes. */
function guardedType(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  const nodes = isObjectType(type) && type.name.endsWith("Connection") && type.getFields()["nodes"];
  return nodes ? getNamedType(nodes.type).name : type.name;
}

/** "…. Also: The app requires read_customer_events access scope" names scopes outside the list. */
function alsoNamed(requiredAccess: string): string[] {
  const [, also = ""] = requiredAccess.split("Also:");
  return [...also.matchAll(/\b(?:read|write)_[a-z_]+(?=`? (?:access )?scope)/g)].map(
    ([scope]) => scope,
  );
}

export function scopeNeed(
  table: ScopeTable,
  parentType: string,
  field: GraphQLField<unknown, unknown>,
): ScopeNeed | null {
  const name = `${parentType}.${field.name}`;
  const row = table.get(name) ?? table.get(guardedType(field));
  if (!row) return null;
  const { requiredAccess, offlineScopes } = row;
  return { field: name, anyOf: offlineScopes, also: alsoNamed(requiredAccess), requiredAccess };
}

/** A write scope carries its read scope. */
function isGranted(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_"));
}

export function meetsNeed(granted: readonly string[], need: ScopeNeed): boolean {
  return (
    need.anyOf.some((scope) => isGranted(granted, scope)) &&
    need.also.every((scope) => isGranted(granted, scope))
  );
}

/** Everything a document asks of a token; for tests that compare it with shopify.app.toml. */
export function scopeNeedsOf(admin: AdminSchema, document: DocumentNode): ScopeNeed[] {
  const needs = new Map<string, ScopeNeed>();
  const table = scopeTable(admin.scopes);
  const types = new TypeInfo(admin.schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        const need = parent && field && scopeNeed(table, parent.name, field);
        if (need) needs.set(need.field, need);
      },
    }),
  );
  return [...needs.values()];
}
