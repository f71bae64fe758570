import type { FlowPicture as Picture } from "./flow-layout.server.ts";
import styles from "./flow-picture.module.css";

/** From whom to whom money moves; who can't see it has the table below it. */
export function FlowPicture({ picture, label }: { picture: Picture; label: string }) {
  const { width, height, ribbons, bars, labels } = picture;
  return (
    <svg
      className={styles["picture"]}
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
        <text key={id} x={x} y={y} textAnchor={isRight ? "end" : "start"}>
          <tspan>{shortened(name)}</tspan>
          <tspan className={styles["amount"]} dx="6">
            {amount}
          </tspan>
        </text>
      ))}
    </svg>
  );
}

const LONGEST_NAME = 22;

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
