import type { ReactNode } from "react";
import styles from "./code-text.module.css";

/** A code of up to 64 characters must break somewhere; one of ordinary length must not. */
export function CodeText({ children }: { children: ReactNode }) {
  return <span className={styles["code"]}>{children}</span>;
}
