import gradio as gr


def load(n):
    return [[f"item {i}", i, i % 2 == 0] for i in range(int(n))]


def total(table):
    return sum(float(row[1] or 0) for row in table) if table else 0


def summary(table):
    return f"{len(table)} rows"


with gr.Blocks() as demo:
    n = gr.Number(3, precision=0, label="Rows")
    load_btn = gr.Button("Load")
    table = gr.Dataframe(
        headers=["name", "price", "stock"],
        datatype=["str", "number", "bool"],
        interactive=True,
        type="array",
        row_count=(3, "dynamic"),
        col_count=(3, "fixed"),
        label="Edit me",
    )
    sum_btn = gr.Button("Sum")
    result = gr.Number(label="Total")
    info = gr.Textbox(label="Info")
    load_btn.click(load, n, table)
    sum_btn.click(total, table, result)
    table.change(summary, table, info)

demo.launch()
