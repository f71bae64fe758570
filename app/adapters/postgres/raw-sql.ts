import { Prisma } from "@prisma/client";
import type { Pool, PoolClient, QueryResult } from "pg";

type Statement = TemplateStringsArray | Prisma.Sql;

/**
 * What runs hand-written statements: Prisma's client, one of its transactions, or a connection of pg's.
 * A store that takes this works in all of them. int8 comes as bigint, timestamptz as Date, json parsed.
 */
export interface RawSql {
  $queryRaw<Rows>(statement: Statement, ...values: unknown[]): Promise<Rows>;
  /** How many rows were written. */
  $executeRaw(statement: Statement, ...values: unknown[]): Promise<number>;
  $queryRawUnsafe<Rows>(text: string, ...values: unknown[]): Promise<Rows>;
}

/** Straight on pg: Prisma between would cost more than the rest of a statement's way together. */
export function rawSqlOver(pg: Pool | PoolClient): RawSql {
  // pg gives any for rows; what they are, the statement's author says.
  const run = (text: string, values: unknown[]): Promise<QueryResult<object>> =>
    pg.query<object>({ name: nameOf(text), text, values });
  const runStatement = (statement: Statement, values: unknown[]) => {
    const sql = isSql(statement) ? statement : Prisma.sql(statement, ...values);
    return run(sql.text, sql.values);
  };
  return {
    $queryRaw: async <Rows>(statement: Statement, ...values: unknown[]) =>
      (await runStatement(statement, values)).rows as Rows,
    $executeRaw: async (statement, ...values) =>
      (await runStatement(statement, values)).rowCount ?? 0,
    $queryRawUnsafe: async <Rows>(text: string, ...values: unknown[]) =>
      (await run(text, values)).rows as Rows,
  };
}

function isSql(statement: Statement): statement is Prisma.Sql {
  return "text" in statement;
}

const names = new Map<string, string>();

/** Statements of the same text are parsed once for each connection. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `raw-${names.size}`;
  names.set(text, name);
  return name;
}
