import { BaseSequencer, type TestSpecification } from "vitest/node";

const LONG = ["/test/chaos/", "/test/browser/"];

/** What takes minutes, and waits for most of them, is begun first, so that all else runs beside it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((folder) => moduleId.includes(folder));
      return at < 0 ? LONG.length : at;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
