import type { ReactNode } from "react";
import styles from "./record-table.module.css";

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** Takes what room is left. */
  wide?: boolean;
  /** Stands on one line: a day, broken into three, is hard to read. */
  whole?: boolean;
  /** Place in a row's block at phone width; a whole line unless told. */
  phone?: "start" | "end";
  /** Stands before the value at phone width, where headings are not seen. */
  phoneLabel?: string;
}

interface Props<Row> {
  /** For screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  /** A last row, one cell for each column. */
  total?: ReactNode[];
}

/**
 * A table that turns into blocks at phone width by CSS alone. Polaris' IndexTable decides that in
 * the browser, which moves the page after the server has drawn it.
 */
export function RecordTable<Row extends { id: string }>(props: Props<Row>) {
  const { label, columns, rows, total } = props;
  return (
    <table className={styles["table"]} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={classOf(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} columns={columns} cells={columns.map(({ cell }) => cell(row))} />
        ))}
      </tbody>
      {total && (
        <tfoot>
          <Row columns={columns} cells={total} />
        </tfoot>
      )}
    </table>
  );
}

type CellStyle = Pick<Column<never>, "title" | "align" | "wide" | "whole" | "phone" | "phoneLabel">;

function Row({ columns, cells }: { columns: CellStyle[]; cells: ReactNode[] }) {
  return (
    <tr>
      {columns.map((column, index) => {
        const content = cells[index];
        const isEmpty =
          content === null || content === undefined || content === false || content === "";
        return (
          <td key={column.title} className={classOf(column)} data-empty={isEmpty || undefined}>
            {column.phoneLabel && <span className={styles["label"]}>{column.phoneLabel} </span>}
            {content}
          </td>
        );
      })}
    </tr>
  );
}

function classOf({ align, wide, whole, phone }: CellStyle): string {
  return [
    styles[phone ?? "line"],
    align && styles["alignEnd"],
    wide && styles["wide"],
    whole && styles["whole"],
  ]
    .filter(Boolean)
    .join(" ");
}
