import { isIPv4, isIPv6 } from "node:net";

interface Limit {
  /** Requests of one key in a minute. */
  most: number;
  /** Keys that are held at a time. */
  mostKeys?: number;
  now?: () => number;
}

const MINUTE_MS = 60_000;

/**
 * Whether one more request of this key may pass. Each process counts for itself, and forgets at every
 * full minute. Beyond `mostKeys` the key that has been silent longest is forgotten: so a flood of
 * addresses holds no memory, shuts nobody out, and frees nobody who goes on asking.
 */
export function createRateLimit({ most, mostKeys = 20_000, now = Date.now }: Limit) {
  let minute = 0;
  // In the order in which they last asked.
  const counts = new Map<string, number>();
  return (key: string): boolean => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) counts.clear();
    minute = current;
    const count = counts.get(key) ?? 0;
    counts.delete(key);
    counts.set(key, Math.min(count + 1, most));
    if (counts.size > mostKeys) {
      const [silent] = counts.keys();
      if (silent !== undefined) counts.delete(silent);
    }
    return count < most;
  };
}

interface FairLimit {
  /** So many requests of one network in a minute are quiet, and all beyond them loud. */
  quiet: number;
  /** Quiet requests of all networks to one shop in a minute. */
  mostQuiet: number;
  mostLoud: number;
  now?: () => number;
}

/**
 * Whether one more request to this shop may pass. What is loud has a limit of its own: so who uses that
 * up shuts out other loud ones alone, and it takes `mostQuiet / quiet` networks to shut out the quiet.
 */
export function createFairLimit({ quiet, mostQuiet, mostLoud, now = Date.now }: FairLimit) {
  const isQuiet = createRateLimit({ most: quiet, now });
  const isQuietWithin = createRateLimit({ most: mostQuiet, now });
  const isLoudWithin = createRateLimit({ most: mostLoud, now });
  return (shop: string, network: string): boolean =>
    isQuiet(`${shop} ${network}`) ? isQuietWithin(shop) : isLoudWithin(shop);
}

/**
 * Where a request came from, as the outermost of so many proxies of the operator's saw it, which each add one
 * address at the end. What stands before that can be made up.
 */
export function addressOf(headers: Headers, trustedProxies: number): string {
  const hops = headers.get("x-forwarded-for")?.split(",") ?? ["direct"];
  return (hops.at(-trustedProxies) ?? hops[0] ?? "").trim();
}

/** Who sends from an address: of IPv6 one customer has a whole /64, and any address in it. */
export function senderOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [plain = ""] = address.toLowerCase().split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped) return mapped;
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const network = [...before, ...new Array<string>(zeros).fill("0"), ...after].slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}

/** What one owner has more easily than many of it: of IPv4 a /24, of IPv6 a /48. */
export function networkOf(address: string): string {
  const sender = senderOf(address);
  if (isIPv4(sender)) return `${sender.split(".").slice(0, 3).join(".")}.0/24`;
  return isIPv6(address) ? `${sender.split(":").slice(0, 3).join(":")}::/48` : sender;
}
