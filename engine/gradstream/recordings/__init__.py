"""Finished runs in a form that lasts: one zip a run, its writer, its reader, and folders of them."""
