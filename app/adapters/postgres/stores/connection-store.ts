import type { ImpactAccount, Program } from "@prisma/client";
import type { ConnectionStore } from "#app/core/ports/shop-stores.ts";
import type { Db } from "../prisma-client.ts";
import type { RawSql } from "../raw-sql.ts";
import type { SecretBox } from "../secret-box.ts";

type ConnectionRow = Pick<
  ImpactAccount,
  "accountSid" | "authToken" | "companyName" | "connectedAt"
> & {
  program: Pick<Program, "programId" | "name" | "eventTypeId" | "eventTypeName"> | null;
  chosenAt: Date | null;
};

/** What every batch of orders asks of the shop's connection. */
export function createConnectionReads(
  sql: RawSql,
  secrets: SecretBox,
): Pick<ConnectionStore, "find" | "hold"> {
  return {
    async find(shop) {
      // Every batch of jobs asks for it: one statement.
      const [row] = await sql.$queryRaw<ConnectionRow[]>`
        SELECT a."accountSid", a."authToken", a."companyName", a."connectedAt",
               to_jsonb(p) AS "program", p."chosenAt"
        FROM "ImpactAccount" a LEFT JOIN "Program" p ON p."shop" = a."shop"
        WHERE a."shop" = ${shop}`;
      if (!row) return null;
      const { accountSid, authToken, companyName, connectedAt, program, chosenAt } = row;
      return {
        credentials: { accountSid, authToken: secrets.open(authToken) },
        companyName,
        connectedAt,
        program: program && {
          programId: program.programId,
          name: program.name,
          eventTypeId: program.eventTypeId,
          eventTypeName: program.eventTypeName,
        },
        chosenAt,
      };
    },

    async hold(shop, purpose) {
      const name = `connection/${shop}`;
      if (purpose === "changing") {
        await sql.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
      } else {
        await sql.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
      }
    },
  };
}

/** impact.com's token is encrypted on its way in and decrypted on its way out. */
export function createConnectionStore(db: Db, sql: RawSql, secrets: SecretBox): ConnectionStore {
  return {
    ...createConnectionReads(sql, secrets),

    async saveCredentials(shop, { accountSid, authToken, companyName }, now) {
      const fields = {
        accountSid,
        authToken: secrets.seal(authToken),
        companyName,
        connectedAt: now,
      };
      const before = await db.impactAccount.findUnique({ where: { shop } });
      // Another account's program says nothing about this one.
      if (before && before.accountSid !== accountSid)
        await db.program.deleteMany({ where: { shop } });
      await db.impactAccount.upsert({
        where: { shop },
        create: { shop, ...fields },
        update: fields,
      });
    },

    async saveProgram(shop, program, now) {
      const fields = { ...program, chosenAt: now };
      await db.program.upsert({ where: { shop }, create: { shop, ...fields }, update: fields });
      await db.$executeRaw`
        INSERT INTO "ProgramUse" ("accountSid", "programId", "shop")
        SELECT a."accountSid", ${program.programId}, a."shop"
        FROM "ImpactAccount" a WHERE a."shop" = ${shop}
        ON CONFLICT DO NOTHING`;
    },

    async remove(shop) {
      await db.impactAccount.deleteMany({ where: { shop } });
      await db.program.deleteMany({ where: { shop } });
    },
  };
}
