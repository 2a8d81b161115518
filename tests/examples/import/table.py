import gradio as gr


def total(rows, column: str):
    values = [row[column] if isinstance(row, dict) else row[1] for row in rows]
    return [[name, str(value)] for name, value in enumerate(values)], {"rows": 0.75, "columns": 0.25}


iface = gr.Interface(
    fn=total,
    inputs=[
        gr.Dataframe(headers=["name", "age"], datatype=["str", "number"], row_count=2, col_count=(2, "fixed"),
                     value=[["Ada", 36], ["Alan", 41]], type="array"),
        gr.Dropdown(["name", ("Age in years", "age")], value="age"),
    ],
    outputs=[gr.Dataframe(label="Summary"), gr.Label(num_top_classes=2)],
)
iface.launch()
