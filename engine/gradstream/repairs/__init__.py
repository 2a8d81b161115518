"""Repairs as changes of a text: tried before they are said, and made on request."""
