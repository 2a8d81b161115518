import gradio as gr
import datetime as dt


def series(n, kind="sin"):
    for i in range(int(n)):
        yield [{"x": j, "y": j * j} for j in range(i + 1)], i / n


def to_file(text):
    with open("out.txt", "w") as f:
        f.write(text or "")
    return "out.txt", gr.DownloadButton(label="Save it", value="out.txt", visible=True)


def now():
    return f"{dt.datetime.now():%H:%M:%S}"


def when(date):
    return str(date)


def hl(text):
    return [(word, "long" if len(word) > 4 else None) for word in text.split()]


with gr.Blocks() as demo:
    with gr.Tabs() as tabs:
        with gr.TabItem("Chart", id=0) as first:
            n = gr.Slider(1, 20, 5, step=1, label="n")
            plot = gr.LinePlot(x="x", y="y", x_title="X", title="Square", tooltip=["x"], width=300)
            level = gr.Number(label="Level")
            gr.Button("Go").click(series, n, [plot, level])
            first.select(lambda: 1, None, level)
        with gr.TabItem("File", id=1):
            text = gr.TextArea(placeholder="Write", label="Text")
            f = gr.File(label="File", file_count="single", interactive=False)
            d = gr.DownloadButton("Download", visible=False)
            btn = gr.Button("Write")
            btn.click(to_file, text, [f, d])
            f.download(lambda: None)
            go = gr.Button("Chart").click(lambda: gr.Tabs(selected=0), None, tabs)
        with gr.TabItem("Time"):
            clock = gr.Textbox(now, every=1, label="Clock")
            timer = gr.Timer(2, active=False)
            timer.tick(now, None, clock)
            gr.Button("Pause").click(lambda: gr.Timer(active=False), None, timer)
            date = gr.DateTime(include_time=False, label="When")
            said = gr.HTML()
            date.change(when, date, said)
            colour = gr.ColorPicker("#ff0000")
            colour.change(lambda c: f"<b style='color:{c}'>x</b>", colour, said)
            marked = gr.HighlightedText(color_map={"long": "red"}, show_legend=True, combine_adjacent=True)
            words = gr.Textbox("alpha be gamma", label="Words")
            words.change(hl, words, marked)
    gr.Examples([[3], [10]], [n], [plot, level], series, cache_examples=True)

demo.queue().launch(show_error=True)
