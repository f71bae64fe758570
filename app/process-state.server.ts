/** What this process is about: told by /readyz, and set by the worker and by the drain. */
export const processState = {
  /** From then on nothing new should be sent here. */
  isDraining: false,
  /** False from when its workers start until they run; a process without workers has nothing to start. */
  hasQueue: true,
  /** When somebody last asked /readyz, in milliseconds; null where nobody does. */
  lastProbeAt: null as number | null,
};
