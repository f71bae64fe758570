#!/usr/bin/env bash
# Writes prisma/migrations/<time>_<name>/migration.sql: what leads from the last commit's schema to this one.
# `prisma migrate dev` does not run without engine downloads. Needs DATABASE_URL (any reachable server).
set -euo pipefail
name=${1:?usage: scripts/make-migration.sh NAME}
folder=prisma/migrations/$(date -u +%Y%m%d%H%M%S)_$name
old=$(mktemp)
trap 'rm -f "$old"' EXIT
git show HEAD:prisma/schema.prisma >"$old"
mkdir -p "$folder"
npx prisma migrate diff --from-schema-datamodel "$old" --to-schema-datamodel prisma/schema.prisma --script >"$folder/migration.sql"
echo "$folder/migration.sql"
