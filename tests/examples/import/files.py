from pathlib import Path

import gradio as gr


def count_lines(paths, notes):
    lines = sum(len(Path(path).read_text().splitlines()) for path in paths or [])
    Path("report.txt").write_text(f"{lines} lines {notes or ''}")
    return "report.txt", [("lines", "n"), (str(lines), None)]


def largest(pictures):
    return max(pictures or [(None, "no pictures")], key=lambda each: len(each[1] or ""))[1]


def turned(mesh, turns):
    return mesh


with gr.Blocks() as demo:
    files = gr.File(file_count="multiple", file_types=[".txt", ".csv"], label="Files")
    notes = gr.UploadButton("Notes", file_types=["text"], file_count="directory")
    with gr.Row():
        button = gr.Button("Count", variant="primary")
    report = gr.DownloadButton("Report")
    shown = gr.HighlightedText(combine_adjacent=True, show_legend=True)
    button.click(count_lines, [files, notes], [report, shown])
    photos = gr.Gallery(label="Photos", type="pil", columns=3)
    caption = gr.Textbox(label="Caption")
    photos.change(largest, photos, caption)
    mesh = gr.Model3D(label="Mesh", camera_position=(0, 0, 5))
    turns = gr.Slider(0, 4, step=1, label="Turns")
    solid = gr.Model3D(label="Solid", clear_color=(0.0, 0.5, 1.0, 1.0), display_mode="wireframe")
    gr.Button("Turn").click(turned, [mesh, turns], solid)

demo.launch()
