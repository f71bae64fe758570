import type { Happened, Happening } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What has still to happen once, of several kinds, before chance picks; and what has happened. */
export interface Due<Kind extends Happening> {
  /** The first that is due and possible here, or what chance draws. */
  next(drawn: () => Kind | null, isPossible?: (kind: Kind) => boolean): Kind | null;
  /** It has come about. */
  done(kind: Kind): void;
}

export function due<Kind extends Happening>(
  kinds: readonly Kind[],
  random: SeededRandom,
  happened: Happened,
): Due<Kind> {
  const left = random.shuffle(kinds);
  return {
    next: (drawn, isPossible = () => true) => left.find(isPossible) ?? drawn(),
    done(kind) {
      happened[kind] += 1;
      const place = left.indexOf(kind);
      if (place >= 0) left.splice(place, 1);
    },
  };
}
