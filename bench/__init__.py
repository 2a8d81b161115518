"""Measurements of gradstream and Gradio on the same work, in turn, on one machine."""
