// Starts `gradstream lsp` for YAML files, and again when its command is changed in the settings.
const { window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const [command, ...args] = workspace.getConfiguration("gradstream").get("command");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "gradstream",
    { command, args, options: { cwd: folder } },
    { documentSelector: [{ language: "yaml", scheme: "file" }] },
  );
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `gradstream cannot be started as "${[command, ...args].join(" ")}": ${error.message}. ` +
        "Install it, or set gradstream.command to the path of the one in your environment.",
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.isRunning()) await running.stop();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("gradstream.command")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
};

exports.deactivate = stop;
