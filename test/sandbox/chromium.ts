import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const run = promisify(execFile);

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const FLAGS = [
  "--no-sandbox",
  // The admin frame and the app are both on this machine.
  "--disable-features=LocalNetworkAccessChecks",
  "--disable-background-networking",
  // Fonts and the like on other hosts fail at once, online or not: tests see one world.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/**
 * An existing browser: CHROMIUM_PATH, an installed one, or Playwright's own. As root on Debian it
 * is installed. Otherwise the error says what to do.
 */
export async function findChromium(): Promise<string> {
  const told = process.env["CHROMIUM_PATH"];
  if (told !== undefined && told !== "") {
    if (await isExecutable(told)) return told;
    throw new Error(`CHROMIUM_PATH names ${told}, which is no program that can be run.`);
  }
  const found = (await installed()) ?? (await installOnDebian());
  if (found !== null) return found;
  throw new Error(
    "The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: " +
      "npx playwright-core install chromium), or set CHROMIUM_PATH to a Chrome or Chromium.",
  );
}

/** Its user agent is an ordinary Chrome's: Shopify's library answers 410 to a headless one. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  const { stdout } = await run(executablePath, ["--version"]);
  const version = /\d+/.exec(stdout)?.[0] ?? "150";
  const userAgent =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) " +
    `Chrome/${version}.0.0.0 Safari/537.36`;
  return chromium.launch({ executablePath, args: [...FLAGS, `--user-agent=${userAgent}`] });
}

async function installed(): Promise<string | null> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).concat("/usr/bin");
  const candidates = [
    ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...ELSEWHERE,
    chromium.executablePath(),
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return null;
}

async function installOnDebian(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !(await isExecutable("/usr/bin/apt-get"))) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update"], { env });
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
  } catch {
    return null;
  }
  return installed();
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => path !== "",
    () => false,
  );
}
