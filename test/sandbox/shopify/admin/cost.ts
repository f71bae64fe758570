import { getNamedType, isAbstractType, isCompositeType, isObjectType } from "graphql";
import type { GraphQLCompositeType, GraphQLField, GraphQLObjectType } from "graphql";
import {
  argumentsOf,
  askedTypes,
  collectFields,
  isConnection,
} from "#test/sandbox/shopify/admin/selection.ts";
import type { Operation, SelectedField } from "#test/sandbox/shopify/admin/selection.ts";

export const MAXIMUM_QUERY_COST = 1_000;

const MUTATION_COST = 10;
/** Root counts (ordersCount, …) are asked 10 in recorded replies, codesCount of a discount 1. */
const ROOT_COUNT_COST = 10;
const CONNECTION_COST = 2;

/** Value objects cost nothing, says community.shopify.dev/t/24364; the edge's node is the object. */
const FREE_TYPES = new Set(["PageInfo", "MoneyBag", "MoneyV2"]);

/** Data seen while costing a reply; `undefined` costs a request, before there is data. */
type Data = unknown;

function pageSize(operation: Operation, selected: SelectedField, data: Data): number {
  if (data !== undefined) {
    const page = (data ?? {}) as { nodes?: unknown[]; edges?: unknown[] };
    return Math.max(
      0,
      ...Object.values(page).map((list) => (Array.isArray(list) ? list.length : 0)),
    );
  }
  const { first, last } = argumentsOf(operation, selected);
  return Number(first ?? last ?? 0);
}

/** Connections are scaled by a logarithm (the same thread); 250 nodes cost 11 times one. */
function connectionFactor(size: number): number {
  return size <= 0 ? 0 : Math.floor(2 * Math.log(Math.max(2, size)));
}

function sampleOf(data: Data): Data {
  return Array.isArray(data) ? data.find((item) => item !== null) : data;
}

function fieldsOf(data: Data): Record<string, unknown> {
  return (sampleOf(data) ?? {}) as Record<string, unknown>;
}

function childData(data: Data, key: string): Data {
  return data === undefined ? undefined : (fieldsOf(data)[key] ?? null);
}

function ownCost(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>): number {
  const type = getNamedType(field.type);
  if (parent.name === "QueryRoot" && type.name === "Count") return ROOT_COUNT_COST;
  if (FREE_TYPES.has(type.name) || (parent.name.endsWith("Connection") && field.name === "edges")) {
    return 0;
  }
  return 1;
}

function fieldCost(
  operation: Operation,
  parent: GraphQLObjectType,
  selected: SelectedField,
  data: Data,
): number {
  const type = getNamedType(selected.definition.type);
  if (!isCompositeType(type)) return 0;
  const children =
    data === null ? 0 : selectionCost(operation, type, selected.nodes.flatMap(sets), data);
  if (isConnection(selected.definition)) {
    return CONNECTION_COST + children * connectionFactor(pageSize(operation, selected, data));
  }
  return ownCost(parent, selected.definition) + children;
}

function sets(node: SelectedField["nodes"][number]) {
  return node.selectionSet ? [node.selectionSet] : [];
}

function objectCost(
  operation: Operation,
  type: GraphQLObjectType,
  selections: Parameters<typeof collectFields>[2],
  data: Data,
): number {
  let cost = 0;
  for (const selected of collectFields(operation, type, selections)) {
    if (data !== undefined && !Object.hasOwn(fieldsOf(data), selected.key)) continue;
    cost += fieldCost(operation, type, selected, childData(data, selected.key));
  }
  return cost;
}

/** Of an interface or a union, the dearest of the possible types counts. */
function selectionCost(
  operation: Operation,
  type: GraphQLCompositeType,
  selections: Parameters<typeof collectFields>[2],
  data: Data,
): number {
  const types = isAbstractType(type) ? askedTypes(operation, type, selections) : [type];
  return Math.max(
    0,
    ...types.map((candidate) =>
      isObjectType(candidate) ? objectCost(operation, candidate, selections, data) : 0,
    ),
  );
}

/** A mutation costs 10 with the objects of its payload; what lies below those is added. */
function mutationCost(operation: Operation, selected: SelectedField, data: Data): number {
  const payload = getNamedType(selected.definition.type);
  if (!isObjectType(payload)) return MUTATION_COST;
  let cost = MUTATION_COST;
  for (const child of collectFields(operation, payload, selected.nodes.flatMap(sets))) {
    const below = fieldCost(operation, payload, child, childData(data, child.key));
    if (isCompositeType(getNamedType(child.definition.type))) cost += Math.max(0, below - 1);
  }
  return cost;
}

function totalCost(operation: Operation, data: Data): number {
  const selections = [operation.definition.selectionSet];
  if (operation.definition.operation === "query") {
    return objectCost(operation, operation.root, selections, data);
  }
  let cost = 0;
  for (const selected of collectFields(operation, operation.root, selections)) {
    cost += mutationCost(operation, selected, childData(data, selected.key));
  }
  return cost;
}

/** Points a request asks for, from its text and variables alone. */
export function requestedCost(operation: Operation): number {
  return totalCost(operation, undefined);
}

/** Points a reply took: pages count by what they held, and nothing lies below a null. */
export function actualCost(operation: Operation, data: unknown): number {
  return totalCost(operation, data ?? null);
}
