import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONG = ["/test/chaos/", "/test/browser/"];

/**
 * What takes minutes, and waits for most of them, is begun first, so that all else runs beside it. Files
 * that share a process come last and in one row: a process is shared only with the next in line.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  const at = LONG.findIndex((folder) => moduleId.includes(folder));
  if (at >= 0) return at;
  return project.config.isolate ? LONG.length : LONG.length + 1;
}
