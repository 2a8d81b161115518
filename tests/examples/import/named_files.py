from pathlib import Path

import gradio as gr


def sizes(papers, cover):
    found = {Path(each.name).name: Path(each.name).stat().st_size for each in papers or []}
    return found | ({"cover": Path(cover.name).suffix} if cover else {})


demo = gr.Interface(sizes, [gr.File(file_count="multiple", label="Papers"), gr.File(label="Cover")], "json")
demo.launch()
