import gradio as gr

VISITS = {}


def greet(name, request: gr.Request):
    VISITS[request.session_hash] = VISITS.get(request.session_hash, 0) + 1
    browser = request.headers["User-Agent"] if "user-agent" in request.headers else "no browser"
    return f"{name} ({request.username}): visit {VISITS[request.session_hash]} with {browser}"


def answer(message, history, request: gr.Request):
    language = request.headers.get("Accept-Language", "any language")
    yield f"{message} in {language}"


with gr.Blocks() as page:
    name = gr.Textbox("Ada")
    greeting = gr.Textbox(label="Greeting")
    gr.Button("Greet").click(greet, name, greeting)

chat = gr.ChatInterface(answer)

gr.TabbedInterface([page, chat], ["Page", "Chat"]).launch()
