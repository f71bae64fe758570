import {
  getArgumentValues,
  getNullableType,
  GraphQLError,
  GraphQLID,
  isInputObjectType,
  isListType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { DocumentNode, FieldNode, GraphQLField, GraphQLInputType } from "graphql";
import { isConnection } from "#test/sandbox/shopify/admin/selection.ts";
import type { Operation } from "#test/sandbox/shopify/admin/selection.ts";

const MAXIMUM_PAGE = 250;
const MAXIMUM_ARRAY = 250;
const GLOBAL_ID = /^gid:\/\/shopify\/[A-Za-z]+\/[\w-]+$/;

function refusal(
  message: string,
  code: string,
  path: readonly string[],
  node: FieldNode,
): GraphQLError {
  return new GraphQLError(message, { nodes: node, path, extensions: { code } });
}

function pageProblem(args: Record<string, unknown>): string | null {
  const first = args["first"] ?? null;
  const last = args["last"] ?? null;
  if (first === null && last === null) return "you must provide one of first or last";
  if (first !== null && last !== null) return "providing both first and last is not supported";
  const [name, size] = first === null ? ["last", Number(last)] : ["first", Number(first)];
  if (size < 0) return `${name} cannot be negative`;
  return size > MAXIMUM_PAGE
    ? `${name} cannot exceed ${MAXIMUM_PAGE}. To query larger amounts of data with fewer limits, bulk operations should be used instead.`
    : null;
}

type InputVisitor = (type: GraphQLInputType, value: unknown, path: readonly string[]) => void;

function eachInput(
  type: GraphQLInputType,
  value: unknown,
  path: readonly string[],
  seen: InputVisitor,
): void {
  if (value === null || value === undefined) return;
  const bare = getNullableType(type);
  seen(bare, value, path);
  if (isListType(bare) && Array.isArray(value)) {
    value.forEach((item, index) => eachInput(bare.ofType, item, [...path, String(index)], seen));
  }
  if (isInputObjectType(bare)) {
    for (const field of Object.values(bare.getFields())) {
      const inner = (value as Record<string, unknown>)[field.name];
      eachInput(field.type, inner, [...path, field.name], seen);
    }
  }
}

function argumentErrors(
  field: GraphQLField<unknown, unknown>,
  args: Record<string, unknown>,
  path: readonly string[],
  node: FieldNode,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const argument of field.args) {
    eachInput(argument.type, args[argument.name], [...path, argument.name], (type, value, at) => {
      if (isListType(type) && Array.isArray(value) && value.length > MAXIMUM_ARRAY) {
        const message = `The input array size of ${value.length} is greater than the maximum allowed of ${MAXIMUM_ARRAY}.`;
        errors.push(refusal(message, "MAX_INPUT_SIZE_EXCEEDED", at, node));
      }
      if (type === GraphQLID && !GLOBAL_ID.test(String(value))) {
        const message = `Invalid global id '${String(value)}'`;
        errors.push(refusal(message, "argumentLiteralsIncompatible", at, node));
      }
    });
  }
  return errors;
}

function fieldErrors(
  operation: Operation,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  path: readonly string[],
): GraphQLError[] {
  const args = getArgumentValues(field, node, operation.variables);
  const errors = argumentErrors(field, args, path, node);
  const pages = isConnection(field) && field.args.some(({ name }) => name === "last");
  const problem = pages ? pageProblem(args) : null;
  if (problem) errors.push(refusal(problem, "BAD_REQUEST", path, node));
  return errors;
}

/** What Shopify refuses although the schema allows it: open pages, long arrays, ids that are no gids. */
export function requestRuleErrors(operation: Operation, document: DocumentNode): GraphQLError[] {
  const types = new TypeInfo(operation.schema);
  const path: string[] = [];
  const errors: GraphQLError[] = [];
  const definitions = document.definitions.filter(
    (each) => each.kind !== "OperationDefinition" || each === operation.definition,
  );
  visit(
    { ...document, definitions },
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          path.push(node.alias?.value ?? node.name.value);
          const field = types.getFieldDef();
          if (field) errors.push(...fieldErrors(operation, field, node, [...path]));
        },
        leave() {
          path.pop();
        },
      },
    }),
  );
  return errors;
}
