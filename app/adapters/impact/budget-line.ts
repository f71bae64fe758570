interface Waiting<Answer> {
  answer: (answer: Answer) => void;
  failed: (error: unknown) => void;
}

/**
 * Lets requests that come while a statement is under way share the next one: `spend` is asked for so
 * many at once and answers each, in the order they came. Nobody waits for company.
 */
export function createBudgetLine<Answer>(
  spend: (wanted: number) => Promise<Answer[]>,
): () => Promise<Answer> {
  let line: Waiting<Answer>[] = [];
  let isUnderWay = false;

  const spendNext = async (): Promise<void> => {
    isUnderWay = true;
    // Those that ask in the same turn are one statement.
    await Promise.resolve();
    while (line.length > 0) {
      const asked = line;
      line = [];
      try {
        const answers = await spend(asked.length);
        for (const [index, answer] of answers.entries()) asked[index]?.answer(answer);
      } catch (error) {
        for (const { failed } of asked) failed(error);
      }
    }
    isUnderWay = false;
  };

  return () =>
    new Promise((answer, failed) => {
      line.push({ answer, failed });
      if (!isUnderWay) void spendNext();
    });
}
