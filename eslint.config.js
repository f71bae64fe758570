import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** A folder may not import what stands above it: core ← adapters, jobs ← services ← routes. */
function forbid(files, patterns, ignores = []) {
  return {
    files,
    ignores,
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

const outsideOfCore = {
  regex: "^(?!\\./|\\.\\./|@date-fns/tz$)",
  message: "core is pure TypeScript: values and ports come in as arguments.",
};
const leavingCore = {
  regex: "^(\\.\\./)+(adapters|jobs|routes|components|[a-z-]+\\.server)",
  message: "core imports nothing of the app but core.",
};
const notAboveServices = {
  regex: "(^#app/|\\.\\./)(routes|components|services\\.server|worker\\.server|jobs)",
  message: "adapters know core and nothing above themselves.",
};
const noQueriesInRoutes = {
  regex: "(@prisma/|/adapters/postgres/|/adapters/impact/|db\\.server|graphql)",
  message: "A route authenticates, parses, calls one verb of services.server and renders.",
};
const noTestsInApp = { regex: "(^#test/|/test/)", message: "The app never knows its stand-ins." };

export default tseslint.config(
  { ignores: ["build", "node_modules", ".cache", ".data", ".shopify"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  forbid(["app/core/**"], [outsideOfCore, leavingCore, noTestsInApp]),
  forbid(["app/adapters/**", "app/jobs/**"], [notAboveServices, noTestsInApp], ["app/jobs/**"]),
  forbid(
    ["app/jobs/**"],
    [
      {
        regex: "(routes|components|services\\.server|adapters)",
        message: "A job calls one core verb.",
      },
      noTestsInApp,
    ],
  ),
  forbid(["app/routes/**", "app/components/**"], [noQueriesInRoutes, noTestsInApp]),
  {
    files: ["app/routes/**", "app/components/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "TemplateElement[value.raw=/#graphql|^\\s*(query|mutation)\\s/]",
          message: "GraphQL documents live in app/adapters/shopify/documents.ts.",
        },
      ],
    },
  },
  {
    files: ["app/**"],
    ignores: ["app/env.server.ts", "app/adapters/postgres/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read app/env.server.ts instead." },
      ],
    },
  },
  {
    files: ["app/core/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The time comes in through the clock port.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "The time comes in through the clock port.",
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "Chance comes in through the random port.",
        },
      ],
    },
  },
  {
    files: ["server.ts", "scripts/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-this-alias": "off",
      "no-console": "off",
    },
  },
  { files: ["*.js", "extensions/**/*.js"], ...tseslint.configs.disableTypeChecked },
);
