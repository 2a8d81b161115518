/**
 * Checks types and code in one process: the rules of ESLint that ask for types ask the program whose types were just
 * checked. ESLint by itself builds and checks another one.
 *
 *   node lint.js             reads all code
 *   node lint.js --changed   passes over files that have not changed since ESLint last found nothing in them
 */
import { ESLint } from "eslint";
import process from "node:process";
import ts from "typescript";
import tseslint from "typescript-eslint";

const CONFIG = "tsconfig.json";
const CACHE = "node_modules/.cache";
const isCached = process.argv.includes("--changed");

const checked = checkedProgram();
const linted = await findings(checked.program);
process.stdout.write(checked.report + linted.report);
process.exitCode = checked.isRight && linted.isRight ? 0 : 1;

/** Builds the program of tsconfig.json, from what the last run left if it is there, and checks its types. */
function checkedProgram() {
  const own = { incremental: true, tsBuildInfoFile: `${CACHE}/tsc.json` };
  const parsed = ts.getParsedCommandLineOfConfigFile(CONFIG, own, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  const builder = ts.createIncrementalProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: parsed.errors,
    host: ts.createIncrementalCompilerHost(parsed.options),
  });
  const found = [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
    ...builder.emit().diagnostics,
  ];
  const program = builder.getProgram();
  // Makes the links from nodes to their parents, which ESLint's rules follow, where no type had to be checked.
  program.getTypeChecker();
  return { program, report: ts.formatDiagnostics(found, ts.createCompilerHost({})), isRight: !found.length };
}

/** Lets ESLint read the code, with the types of a program. */
async function findings(program) {
  const parser = {
    // ESLint's cache knows a parser by these.
    meta: tseslint.parser.meta,
    parseForESLint: (text, options) =>
      tseslint.parser.parseForESLint(text, { ...options, projectService: false, programs: [program] }),
  };
  const eslint = new ESLint({
    cache: isCached,
    cacheLocation: `${CACHE}/eslint`,
    cacheStrategy: "content",
    overrideConfig: { files: ["**/*.ts"], languageOptions: { parser } },
  });
  const results = await eslint.lintFiles(["."]);
  const { format } = await eslint.loadFormatter("stylish");
  return { report: await format(results), isRight: !results.some(({ messages }) => messages.length) };
}
