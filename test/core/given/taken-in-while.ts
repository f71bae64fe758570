import type { Ports } from "#app/core/ports/ports.ts";
import type { World } from "#test/support/world.ts";

/**
 * Does `work` while the next order is being taken in: what its codes are was read, and nothing of it is
 * committed. Jobs of these kinds that are due by then run within `work`, and not afterwards.
 */
export function whileTakingIn({ ports, prisma }: World, work: () => Promise<void>): void {
  const { inPipeline } = ports.store;
  const interrupted: Ports["store"]["inPipeline"] = (inside) =>
    inPipeline((tx) => {
      const knownOn: typeof tx.codes.knownOn = async (...asked) => {
        const known = await tx.codes.knownOn(...asked);
        if (ports.store.inPipeline === interrupted) {
          ports.store.inPipeline = inPipeline;
          await work();
          await prisma.$executeRaw`
            DELETE FROM pgboss.job WHERE name IN ('attribute-late', 'adopt-codes')
              AND start_after = created_on`;
        }
        return known;
      };
      return inside({ ...tx, codes: { ...tx.codes, knownOn } });
    });
  ports.store.inPipeline = interrupted;
}
