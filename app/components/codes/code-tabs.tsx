import { Link } from "@remix-run/react";
import type { CodeView } from "#app/core/codes/views/code-view.ts";
import styles from "../orders/state-tabs.module.css";
import { ALL, fieldsOf, NOBODYS, type CodeQuery } from "./code-query.ts";

/** All codes, nobody's, and what the shop has saved. */
export function CodeTabs({ query, views }: { query: CodeQuery; views: CodeView[] }) {
  const shown = fieldsOf(query).toString();
  const tabs = [
    { id: "all", name: "All", query: fieldsOf(ALL).toString() },
    { id: "nobodys", name: "Nobody’s", query: fieldsOf(NOBODYS).toString() },
    ...views,
  ];
  return (
    <nav aria-label="Views" className={styles["tabs"]}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          to={tab.query ? `/app/codes?${tab.query}` : "/app/codes"}
          aria-current={tab.query === shown ? "page" : undefined}
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
