import gradio as gr


def painted(im):
    return [] if im is None else [im["background"], im["layers"][0], im["composite"]]


def cut(picture):
    return (None, None) if picture is None else (picture["image"], picture["mask"])


def run(code, language):
    return f"{language}\n{code}", code.upper()


def totals(frame):
    rows = [[a, b, (a or 0) + (b or 0)] for a, b, _ in frame]
    return rows, [["rows", len(rows)]]


def fill():
    return [[1, 2, None], [3, 4, None]]


def draw(frame):
    return {"data": [{"type": "scatter", "y": [row[0] for row in frame]}], "layout": {"title": "Curve"}}


with gr.Blocks() as demo:
    with gr.Tab("Paint"):
        editor = gr.ImageEditor(type="numpy", crop_size="1:1", brush=gr.Brush(colors=["#ff0000"]))
        parts = gr.Gallery()
        editor.change(painted, editor, parts)
        old = gr.Image(tool="sketch", source="upload", type="pil", label="Old")
        one, two = gr.Image(), gr.Image()
        gr.Button("Cut").click(cut, old, [one, two])
    with gr.Tab("Code"):
        code = gr.Code("print(1)", language="python", lines=5, label="Program")
        language = gr.Dropdown(["python", "c"], value="python")
        shown = gr.Code(language="markdown", interactive=False)
        loud = gr.Code(language="c")
        gr.Button("Run").click(run, [code, language], [shown, loud])
    with gr.Tab("Table"):
        frame = gr.Dataframe(
            headers=["a", "b", "sum"], datatype=["number", "number", "number"], interactive=True, type="array"
        )
        described = gr.Dataframe(label="Summary")
        plot = gr.Plot(label="Curve")
        gr.Button("Fill").click(fill, None, frame)
        gr.Button("Add").click(totals, frame, [frame, described])
        frame.change(draw, frame, plot)

demo.launch()
