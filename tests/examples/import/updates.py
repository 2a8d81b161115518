import gradio as gr

CITIES = {"France": ["Lyon", "Paris"], "Italy": ["Roma", "Torino"]}


def cities_of(country):
    return gr.Dropdown(choices=CITIES[country], value=CITIES[country][0], interactive=True)


def toggle(is_long):
    if is_long:
        return gr.update(visible=True), gr.update(lines=8)
    return gr.update(visible=False), gr.update(lines=2)


def describe(country, city, remark):
    return f"{city} in {country}. {remark}"


with gr.Blocks() as demo:
    with gr.Row():
        country = gr.Radio(choices=list(CITIES.keys()), value="France", label="Country")
        city = gr.Dropdown(choices=CITIES["France"], value="Lyon", label="City")
    is_long = gr.Checkbox(label="With a remark")
    with gr.Accordion("More", open=False):
        remark = gr.Textbox(visible=False, label="Remark")
    go = gr.Button("Describe")
    said = gr.Markdown()
    letters = gr.Textbox(label="Notes", interactive=True)

    country.change(cities_of, country, city)
    is_long.input(toggle, is_long, [remark, letters])
    go.click(describe, [country, city, remark], said, api_name="describe")
    remark.submit(describe, [country, city, remark], said)

if __name__ == "__main__":
    demo.launch()
