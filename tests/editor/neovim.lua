-- Shows mistakes, applies a quick fix and completes by Neovim's own client, set up by the file in $SETUP.
local patience_ms = tonumber(vim.env.PATIENCE_MS)
local seen = {}

local function await(condition)
  return vim.wait(patience_ms, condition, 20)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

local function run()
  dofile(vim.env.SETUP)
  vim.cmd("edit " .. vim.env.FILE)

  await(function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1]
  seen.message = found.message
  seen.line = found.lnum + 1

  local before = text()
  vim.ui.select = function(actions, _, choose) choose(actions[1], 1) end
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  vim.lsp.buf.code_action()
  await(function() return text() ~= before end)
  seen.text = text()
  await(function() return #vim.diagnostic.get(0) == 0 end)
  seen.left = #vim.diagnostic.get(0)

  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local line = vim.fn.search("text$")
  vim.api.nvim_buf_set_lines(0, line - 1, line, true, { "  name: " })
  vim.api.nvim_win_set_cursor(0, { line, 7 })
  local place = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = line - 1, character = 8 } }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", place, patience_ms)
  seen.kinds = {}
  for _, answer in pairs(answers or {}) do
    for _, item in ipairs(answer.result.items or answer.result) do
      table.insert(seen.kinds, item.label)
    end
  end
end

local fine, failure = pcall(run)
if not fine then
  seen.failure = tostring(failure)
end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
