import type { ImpactState } from "./state.ts";

export function nextId(state: ImpactState): string {
  state.lastId += 1;
  return String(state.lastId);
}
