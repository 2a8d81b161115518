from pathlib import Path

import gradio as gr


def count_lines(paths, notes):
    lines = sum(len(Path(path).read_text().splitlines()) for path in paths or [])
    Path("report.txt").write_text(f"{lines} lines {notes or ''}")
    return "report.txt", [("lines", "n"), (str(lines), None)]


def largest(pictures):
    return max(pictures or [(None, "no pictures")], key=lambda each: len(each[1] or ""))[1]


with gr.Blocks() as demo:
    files = gr.File(file_count="multiple", file_types=[".txt", ".csv"], label="Files")
    notes = gr.UploadButton("Notes", file_types=["text"])
    with gr.Row():
        button = gr.Button("Count", variant="primary")
    report = gr.DownloadButton("Report")
    shown = gr.HighlightedText(combine_adjacent=True, show_legend=True)
    button.click(count_lines, [files, notes], [report, shown])
    photos = gr.Gallery(label="Photos", type="pil", columns=3)
    caption = gr.Textbox(label="Caption")
    photos.change(largest, photos, caption)

demo.launch()
