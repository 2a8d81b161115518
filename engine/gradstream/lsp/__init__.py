"""The language server: what `gradstream check` knows, in an editor, as one types."""
