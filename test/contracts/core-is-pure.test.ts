import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";

/** What core's own tsconfig says of a file in core that holds this line. */
function errorsInCore(line: string): string[] {
  const configFile = path.resolve("app/core/tsconfig.json");
  const config = ts.getParsedCommandLineOfConfigFile(
    configFile,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  if (!config) throw new Error("app/core/tsconfig.json can't be read");
  const probe = path.resolve("app/core/probe.ts");
  const host = ts.createCompilerHost(config.options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => (file === probe ? `${line}\nexport {};` : readFile(file));
  host.fileExists = (file) => file === probe || fileExists(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version) =>
    file === probe
      ? ts.createSourceFile(file, `${line}\nexport {};`, version)
      : getSourceFile(file, version);
  const program = ts.createProgram([probe], config.options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test.each([
  ["process.env", "process.env;", "Cannot find name 'process'"],
  ["the network", 'fetch("https://api.impact.com");', "Cannot find name 'fetch'"],
  ["a Node module", 'import "node:fs"; readFileSync("x");', "Cannot find name 'readFileSync'"],
  ["timers", "setTimeout(() => 1, 1);", "Cannot find name 'setTimeout'"],
  ["the browser", "document.title;", "Cannot find name 'document'"],
])("core's tsconfig knows nothing of %s", (_what, line, message) => {
  expect(errorsInCore(line).join("\n")).toContain(message);
});

test("core's tsconfig accepts plain TypeScript, so the refusals above mean something", () => {
  expect(errorsInCore("export const sum = [1, 2].reduce((a, b) => a + b, 0);")).toEqual([]);
});

/** The lint rules that a file at that path breaks; it exists only while lint is asked. */
async function brokenRules(file: string, text: string): Promise<(string | null)[]> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  onTestFinished(() => rm(file, { force: true }));
  const [result] = await new ESLint().lintFiles([file]);
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

test.each([
  ["core imports an adapter", "app/core/lint-probe-1.ts", 'import "../adapters/impact/impact.ts";'],
  ["core imports a framework", "app/core/lint-probe-2.ts", 'import "@remix-run/node";'],
  ["core reads the clock", "app/core/lint-probe-3.ts", "export const now = new Date();"],
  ["core rolls dice", "app/core/lint-probe-4.ts", "export const chance = Math.random();"],
  ["an adapter imports services", "app/adapters/lint-probe.ts", 'import "../services.server.ts";'],
  ["a job imports an adapter", "app/jobs/lint-probe.ts", 'import "../adapters/impact/impact.ts";'],
  ["a route imports Prisma", "app/routes/lint-probe-1.ts", 'import "@prisma/client";'],
  ["a route imports the database", "app/routes/lint-probe-2.ts", 'import "#app/db.server.ts";'],
  [
    "a route holds GraphQL",
    "app/routes/lint-probe-3.ts",
    "export const q = `#graphql { shop { name } }`;",
  ],
  ["the app imports a test", "app/routes/lint-probe-4.ts", 'import "#test/support/world.ts";'],
])("lint refuses that %s", async (_what, file, text) => {
  const rules = await brokenRules(file, `${text}\n`);
  expect(rules.filter((rule) => rule?.startsWith("no-restricted-"))).not.toEqual([]);
});
