import tseslint from "typescript-eslint";

/** What the applications would pass at home: they are written as teams write, not as we do. */
export default tseslint.config(tseslint.configs.recommended, {
  linterOptions: { reportUnusedDisableDirectives: "error" },
});
