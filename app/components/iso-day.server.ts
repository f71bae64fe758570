export { isoDay } from "#app/core/zoned-time.ts";
