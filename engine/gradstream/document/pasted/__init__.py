"""Text that comes from elsewhere: a chat, a web page, a word processor, a difference, another language."""
