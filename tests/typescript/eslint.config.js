import tseslint from "typescript-eslint";

/** What is generated must pass as it is; our own tests may leave a `test()` floating. */
export default tseslint.config(
  { ignores: [".build/", "lsp/cases/", "next/.next/", "next/next-env.d.ts"] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "v3/tsconfig.json",
          "v4/tsconfig.json",
          "next/tsconfig.json",
          "conform/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ["test/**", "conform/*.test.ts", "next/*.test.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            {
              from: "package",
              package: "node:test",
              name: ["describe", "test"],
            },
          ],
        },
      ],
    },
  },
);
