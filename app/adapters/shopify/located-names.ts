/** What one call that locates codes calls each of them: as many as it asks for. */
export const LOCATED_NAMES = Array.from({ length: 40 }, (_, index) => `c${index}`);
