import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { buildClientSchema } from "graphql";
import type { GraphQLSchema, IntrospectionQuery } from "graphql";
import { addScalars } from "#test/sandbox/shopify/admin/scalars.ts";

export const adminVersions = ["2026-07", "2026-10"] as const;
export type AdminVersion = (typeof adminVersions)[number];

/** A row says which scopes a type, or one field of a type, asks for. */
export interface ScopeRow {
  type: "type" | "field";
  typeName: string;
  fieldName?: string;
  requiredAccess: string;
  offlineScopes: string[];
}

export interface AdminSchema {
  schema: GraphQLSchema;
  scopes: ScopeRow[];
}

const PACKAGE = "@shopify/dev-mcp@1.16.0";
const INTEGRITY =
  "sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
const CACHE = fileURLToPath(new URL("../../../../.cache/shopify-schema/", import.meta.url));

const run = promisify(execFile);

function schemaPath(version: AdminVersion): string {
  return join(CACHE, `admin_${version}.json.gz`);
}

async function packTarball(folder: string): Promise<string> {
  try {
    await run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", folder]);
  } catch (cause) {
    throw new Error(
      `npm could not fetch ${PACKAGE}, which holds Shopify's Admin schema. Check that this machine reaches an npm registry, then run again.`,
      { cause },
    );
  }
  const name = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
  if (!name) throw new Error(`npm pack ${PACKAGE} left no archive in ${folder}.`);
  return join(folder, name);
}

async function checkIntegrity(tarball: string): Promise<void> {
  const digest = createHash("sha512")
    .update(await readFile(tarball))
    .digest("base64");
  if (`sha512-${digest}` === INTEGRITY) return;
  throw new Error(
    `The archive npm fetched for ${PACKAGE} is not the one this project was written against: its integrity is sha512-${digest}.`,
  );
}

async function fetchSchemas(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  // Beside the cache, so that the rename stays on one file system and is atomic.
  const folder = await mkdtemp(join(dirname(CACHE), "schema-fetch-"));
  try {
    const tarball = await packTarball(folder);
    await checkIntegrity(tarball);
    const members = adminVersions.map((version) => `package/dist/data/admin_${version}.json.gz`);
    await run("tar", ["-xzf", tarball, "-C", folder, ...members]);
    for (const version of adminVersions) {
      const member = join(folder, "package", "dist", "data", `admin_${version}.json.gz`);
      await rename(member, schemaPath(version));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let fetching: Promise<void> | null = null;

/** The path of the cached schema; fetched once, by whoever asks first. */
export async function ensureAdminSchema(version: AdminVersion): Promise<string> {
  const path = schemaPath(version);
  if (existsSync(path)) return path;
  fetching ??= fetchSchemas().finally(() => {
    fetching = null;
  });
  await fetching;
  return path;
}

const loaded = new Map<AdminVersion, Promise<AdminSchema>>();

async function readSchema(version: AdminVersion): Promise<AdminSchema> {
  const text = gunzipSync(await readFile(await ensureAdminSchema(version))).toString("utf8");
  const file = JSON.parse(text) as {
    data: IntrospectionQuery;
    offline_scopes: { items: ScopeRow[] };
  };
  const schema = buildClientSchema(file.data, { assumeValid: true });
  addScalars(schema);
  return { schema, scopes: file.offline_scopes.items };
}

/** Building takes about 0.4 s, so each process does it once for each version. */
export function loadAdminSchema(version: AdminVersion): Promise<AdminSchema> {
  const known = loaded.get(version);
  if (known) return known;
  const reading = readSchema(version);
  loaded.set(version, reading);
  reading.catch(() => loaded.delete(version));
  return reading;
}
