import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { keyOf, type Earner } from "#app/core/simulation/gains.ts";
import type { Flow } from "#app/core/simulation/tally.ts";

/** In units of the picture, which are about a pixel of its place: so its words are as large as others. */
const WIDTHS = { desktop: 640, phone: 340 };
const ROW_HEIGHT = 48;
const BAR = 10;
/** More ribbons than that can't be told apart. */
const MOST_FLOWS = 10;

export interface FlowPicture {
  width: number;
  height: number;
  /** Where not all flows are shown: how many there are. */
  note: string | null;
  ribbons: { id: string; path: string; thickness: number; title: string }[];
  bars: { id: string; x: number; y: number; width: number; height: number }[];
  labels: { id: string; x: number; y: number; isRight: boolean; name: string; amount: string }[];
}

interface Words {
  nameOf: (earner: Earner) => string;
  money: (minor: number) => string;
}

interface Node {
  id: string;
  name: string;
  isRight: boolean;
}

interface Link {
  source: string;
  target: string;
  value: number;
  title: string;
}

/**
 * Who gives on the left, who gets on the right, and the largest flows between them, for a place of that
 * size; null without any.
 */
export function flowLayout(
  flows: readonly Flow[],
  words: Words,
  size: keyof typeof WIDTHS,
): FlowPicture | null {
  const shown = flows.slice(0, MOST_FLOWS);
  if (shown.length === 0) return null;
  const nodes = new Map<string, Node>();
  const nodeOf = (earner: Earner, isRight: boolean) => {
    const id = `${isRight ? "to" : "from"} ${keyOf(earner)}`;
    nodes.set(id, { id, name: words.nameOf(earner), isRight });
    return id;
  };
  const links = shown.map(({ from, to, minor, orders }): Link => ({
    source: nodeOf(from, false),
    target: nodeOf(to, true),
    value: minor,
    title: `${words.money(minor)} of ${orders} orders: from ${words.nameOf(from)} to ${words.nameOf(to)}`,
  }));
  const rows = Math.max(...[false, true].map((side) => countOn(nodes, side)));
  const height = rows * ROW_HEIGHT;
  const width = WIDTHS[size];
  const { nodes: placed, links: drawn } = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeWidth(BAR)
    .nodePadding(ROW_HEIGHT / 2)
    .extent([
      [0, 8],
      [width, height - 8],
    ])({ nodes: [...nodes.values()], links });
  const pathOf = sankeyLinkHorizontal<Node, Link>();
  return {
    ...{ width, height, note: noteOn(flows.length) },
    ribbons: drawn.map((link) => ({
      id: link.title,
      path: pathOf(link) ?? "",
      thickness: Math.max(1, link.width ?? 0),
      title: link.title,
    })),
    bars: placed.map(({ id, x0 = 0, y0 = 0, x1 = 0, y1 = 0 }) => {
      return { id, x: x0, y: y0, width: x1 - x0, height: Math.max(1, y1 - y0) };
    }),
    labels: placed.map(({ id, name, isRight, value = 0, x0 = 0, y0 = 0, x1 = 0, y1 = 0 }) => ({
      ...{ id, name, isRight, amount: words.money(value) },
      ...{ x: isRight ? x0 - 8 : x1 + 8, y: (y0 + y1) / 2 },
    })),
  };
}

function noteOn(flows: number): string | null {
  if (flows <= MOST_FLOWS) return null;
  return `The picture shows the ${MOST_FLOWS} largest of ${flows.toLocaleString("en-US")} flows. The table has everybody's sum.`;
}

function countOn(nodes: ReadonlyMap<string, Node>, side: boolean): number {
  return [...nodes.values()].filter(({ isRight }) => isRight === side).length;
}
