export interface PendingWork {
  /** Counts as pending until the promise settles. */
  track(work: Promise<void>): void;
  /** Waits on the real clock; cut short by `close`, and then false. */
  wait(ms: number): Promise<boolean>;
  idle(): Promise<void>;
  close(): void;
  closing: AbortSignal;
}

export function createPendingWork(): PendingWork {
  const running = new Set<Promise<void>>();
  const closing = new AbortController();

  return {
    closing: closing.signal,
    track(work) {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    wait(ms) {
      if (closing.signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const stop = () => {
          clearTimeout(timer);
          resolve(false);
        };
        const timer = setTimeout(() => {
          closing.signal.removeEventListener("abort", stop);
          resolve(true);
        }, ms);
        closing.signal.addEventListener("abort", stop, { once: true });
      });
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    close() {
      closing.abort();
    },
  };
}
