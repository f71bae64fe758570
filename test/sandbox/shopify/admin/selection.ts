import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
} from "graphql";
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLAbstractType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from "graphql";

/** One operation of a valid document, with its variables as coerced. */
export interface Operation {
  schema: GraphQLSchema;
  root: GraphQLObjectType;
  definition: OperationDefinitionNode;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

export interface SelectedField {
  key: string;
  definition: GraphQLField<unknown, unknown>;
  nodes: [FieldNode, ...FieldNode[]];
}

export function isConnection(field: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(field.type).name.endsWith("Connection");
}

export function argumentsOf(
  operation: Operation,
  selected: SelectedField,
): Record<string, unknown> {
  return getArgumentValues(selected.definition, selected.nodes[0], operation.variables);
}

function isIncluded(operation: Operation, selection: SelectionNode): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, operation.variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, operation.variables);
  return skip?.["if"] !== true && include?.["if"] !== false;
}

function applies(operation: Operation, type: GraphQLObjectType, condition?: string): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = operation.schema.getType(condition);
  return isAbstractType(named) && operation.schema.isSubType(named, type);
}

function fragmentOf(operation: Operation, selection: SelectionNode) {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  return selection.kind === Kind.FRAGMENT_SPREAD
    ? operation.fragments.get(selection.name.value)
    : undefined;
}

/** The fields an object of this type is asked for, merged by response key. */
export function collectFields(
  operation: Operation,
  type: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
  into = new Map<string, SelectedField>(),
): SelectedField[] {
  for (const selection of selections.flatMap((set) => set.selections)) {
    if (!isIncluded(operation, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const definition = type.getFields()[selection.name.value];
      if (!definition) continue;
      const key = selection.alias?.value ?? selection.name.value;
      const known = into.get(key);
      if (known) known.nodes.push(selection);
      else into.set(key, { key, definition, nodes: [selection] });
      continue;
    }
    const fragment = fragmentOf(operation, selection);
    if (fragment && applies(operation, type, fragment.typeCondition?.name.value)) {
      collectFields(operation, type, [fragment.selectionSet], into);
    }
  }
  return [...into.values()];
}

/** The types of an abstract one that are asked for anything: of Node, a few among hundreds. */
export function askedTypes(
  operation: Operation,
  type: GraphQLAbstractType,
  selections: readonly SelectionSetNode[],
): readonly GraphQLObjectType[] {
  const asked = new Set<GraphQLObjectType>();
  for (const selection of selections.flatMap((set) => set.selections)) {
    const condition = fragmentOf(operation, selection)?.typeCondition?.name.value;
    const named = condition === undefined ? undefined : operation.schema.getType(condition);
    if (!isObjectType(named)) return operation.schema.getPossibleTypes(type);
    if (operation.schema.isSubType(type, named)) asked.add(named);
  }
  return [...asked];
}
