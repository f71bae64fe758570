import { GraphQLError, Kind, parse, validate } from "graphql";
import type { DocumentNode, OperationDefinitionNode } from "graphql";
import type { AdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import type { Operation } from "#test/sandbox/shopify/admin/selection.ts";
import { coerceVariables } from "#test/sandbox/shopify/admin/variables.ts";

export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

export interface ReadRequest {
  document: DocumentNode;
  operation: Operation;
}

const documents = new WeakMap<AdminSchema, Map<string, DocumentNode | readonly GraphQLError[]>>();

function readDocument(admin: AdminSchema, query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(admin) ?? new Map<string, DocumentNode | readonly GraphQLError[]>();
  documents.set(admin, known);
  const seen = known.get(query);
  if (seen) return seen;
  try {
    const document = parse(query);
    const errors = validate(admin.schema, document);
    known.set(query, errors.length > 0 ? errors : document);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    known.set(query, [error]);
  }
  return known.get(query) ?? [];
}

function operationOf(
  document: DocumentNode,
  name: string | null,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return name === null && operations.length === 1
    ? operations[0]
    : operations.find((operation) => operation.name?.value === name);
}

/** The request as an operation of the schema, or the errors that keep it from being one. */
export function readRequest(
  admin: AdminSchema,
  request: GraphqlRequest,
): ReadRequest | readonly GraphQLError[] {
  const document = readDocument(admin, request.query);
  if ("length" in document) return document;
  const definition = operationOf(document, request.operationName);
  const root = definition && admin.schema.getRootType(definition.operation);
  if (!definition || !root) return [new GraphQLError("An operation name is required")];
  const variables = coerceVariables(admin.schema, definition, request.variables);
  if (!variables.ok) return variables.errors;
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const operation: Operation = {
    schema: admin.schema,
    root,
    definition,
    variables: variables.values,
    fragments: new Map(
      fragments.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
      ),
    ),
  };
  return { document, operation };
}
