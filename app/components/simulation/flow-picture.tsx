import type { FlowPicture as Picture } from "./flow-layout.server.ts";
import styles from "./flow-picture.module.css";

interface Props {
  picture: Picture;
  /** Where it is seen; elsewhere it is hidden. */
  at: "desktop" | "phone";
  label: string;
}

/** From whom to whom money moves; who can't see it has the table below it. */
export function FlowPicture({ picture, at, label }: Props) {
  const { width, height, ribbons, bars, labels } = picture;
  return (
    <svg
      className={`${styles["picture"]} ${styles[at]}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {ribbons.map(({ id, path, thickness, title }) => (
        <path key={id} className={styles["ribbon"]} d={path} strokeWidth={thickness}>
          <title>{title}</title>
        </path>
      ))}
      {bars.map(({ id, ...box }) => (
        <rect key={id} className={styles["bar"]} {...box} />
      ))}
      {labels.map(({ id, x, y, isRight, name, amount }) => (
        <text key={id} x={x} y={y - LINE / 2} textAnchor={isRight ? "end" : "start"}>
          <tspan>{shortened(name)}</tspan>
          <tspan className={styles["amount"]} x={x} dy={LINE}>
            {amount}
          </tspan>
        </text>
      ))}
    </svg>
  );
}

/** From a name to its amount below it. */
const LINE = 16;
/** Two of them stand side by side on a phone. */
const LONGEST_NAME = 20;

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
