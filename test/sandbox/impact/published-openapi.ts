import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

// Theirs, so not part of this repository: beside it where it is developed.
const folder = path.resolve(import.meta.dirname, "../../../../shared/reference/impact-openapi");

export const publishedOpenApi = {
  present: existsSync(folder),
  folder: path.relative(process.cwd(), folder),
};

export interface PublishedSchema {
  type?: string | undefined;
  format?: string | undefined;
  maxLength?: number | undefined;
  enum?: string[] | undefined;
  description?: string | undefined;
  required?: string[] | undefined;
  properties?: Record<string, PublishedSchema> | undefined;
  items?: PublishedSchema | undefined;
  $ref?: string | undefined;
}

const schemaShape: z.ZodType<PublishedSchema> = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  maxLength: z.number().optional(),
  enum: z.array(z.string()).optional(),
  description: z.string().optional(),
  required: z.array(z.string()).optional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => schemaShape),
    )
    .optional(),
  items: z.lazy(() => schemaShape).optional(),
  $ref: z.string().optional(),
});

const contentShape = z.record(z.string(), z.object({ schema: schemaShape }));

const operationShape = z.object({
  operationId: z.string(),
  description: z.string(),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.string(),
      description: z.string().optional(),
      required: z.boolean().optional(),
      schema: schemaShape,
    }),
  ),
  requestBody: z.object({ content: contentShape }).optional(),
});

const fileShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), schemaShape) }),
});

type PublishedOperation = z.infer<typeof operationShape>;

/** One of impact.com's files, by the middle of its name. */
export function readPublished(source: string) {
  const name = `impact-brand-${source}-v14.yaml`;
  const file = fileShape.parse(parse(readFileSync(path.join(folder, name), "utf8")));
  const resolve = (schema: PublishedSchema): PublishedSchema => {
    const named = schema.$ref?.split("/").at(-1);
    return named === undefined ? schema : (file.components.schemas[named] ?? {});
  };
  const operation = (pathTemplate: string, method: string): PublishedOperation =>
    operationShape.parse(file.paths[pathTemplate]?.[method.toLowerCase()]);
  return { schemas: file.components.schemas, resolve, operation };
}
