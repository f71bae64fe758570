import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  print,
  typeFromAST,
  valueFromAST,
} from "graphql";
import type {
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from "graphql";

type CoercedVariables =
  { ok: true; values: Record<string, unknown> } | { ok: false; errors: GraphQLError[] };

interface Problem {
  path: (string | number)[];
  explanation: string;
}

/** The shape Shopify gives a variable it cannot read: INVALID_VARIABLE with its problems. */
function invalidVariable(
  definition: VariableDefinitionNode,
  value: unknown,
  problems: Problem[],
): GraphQLError {
  const reasons = problems
    .filter(({ path }) => path.length > 0)
    .map(({ path, explanation }) => `${path.join(".")} (${explanation})`);
  const where = reasons.length > 0 ? ` for ${reasons.join(", ")}` : "";
  const name = definition.variable.name.value;
  return new GraphQLError(
    `Variable $${name} of type ${print(definition.type)} was provided invalid value${where}`,
    { nodes: definition, extensions: { code: "INVALID_VARIABLE", value: value ?? null, problems } },
  );
}

function coerce(type: GraphQLInputType, value: unknown, problems: Problem[]): unknown {
  if (isNonNullType(type) && (value === null || value === undefined)) {
    problems.push({ path: [], explanation: "Expected value to not be null" });
    return undefined;
  }
  return coerceInputValue(value, type, (path, _invalid, error) => {
    problems.push({ path: [...path], explanation: error.message });
  });
}

export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): CoercedVariables {
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const value = given[name];
    if (value === undefined && definition.defaultValue) {
      values[name] = valueFromAST(definition.defaultValue, type);
    } else if (value !== undefined || isNonNullType(type)) {
      const problems: Problem[] = [];
      values[name] = coerce(type, value, problems);
      if (problems.length > 0) errors.push(invalidVariable(definition, value, problems));
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}
