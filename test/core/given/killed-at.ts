import type { World } from "#test/support/world.ts";

/** Stops a run dead at its nth call of the store, of Shopify or of impact.com, as a killed worker would. */
export function killedAt({ ports }: World, nth: number) {
  let calls = 0;
  const begun: Promise<unknown>[] = [];
  const dead = () => new Promise<never>(() => undefined);
  let kill: (reason: string) => void = () => undefined;
  const killed = new Promise<string>((resolve) => (kill = resolve));
  const watch = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value === "object" && value !== null) return watch(value);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          calls += 1;
          if (calls > nth) return dead();
          const isLast = calls === nth;
          const done: unknown = Reflect.apply(value, target, given);
          begun.push(Promise.resolve(done));
          if (!isLast) return done;
          // All that it had begun side by side is carried out, and nobody hears of it.
          void Promise.allSettled(begun).then(() => kill("killed"));
          return dead();
        };
      },
    });
  const { inTransaction } = ports.store;
  const store = watch({ ...ports.store, inTransaction: inTransaction.bind(ports.store) });
  const { shopify, impact } = ports;
  return { ports: { ...ports, shopify: watch(shopify), impact: watch(impact), store }, killed };
}
