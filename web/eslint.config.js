import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores(["node_modules"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Write a union of strings." },
        { selector: "TSModuleDeclaration[kind='namespace']", message: "Write a module." },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  // A table of words: it is as long as the page has words, and each function returns text, which need not be said.
  {
    files: ["src/words/**/*.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off", "max-lines": "off" },
  },
  { files: ["tests/**"], rules: { "max-lines-per-function": "off" } },
  { files: ["eslint.config.js", "lint.js"], extends: [tseslint.configs.disableTypeChecked] },
]);
