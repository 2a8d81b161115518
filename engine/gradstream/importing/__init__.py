"""Apps of Gradio as demos: their source is read, never run."""
