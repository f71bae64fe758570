import { adminVersions, ensureAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";

for (const version of adminVersions) {
  console.log(`Admin schema ${version}: ${await ensureAdminSchema(version)}`);
}
