import os
import tempfile
import gradio as gr


def report(name, request: gr.Request):
    agent = request.headers.get("user-agent", "?")
    user = request.username or "nobody"
    path = os.path.join(tempfile.mkdtemp(), "report.txt")
    with open(path, "w") as f:
        f.write(f"{name} {user} {agent[:10]}")
    return path, f"Report for {name}", gr.DownloadButton(value=path, visible=True)


def check(user, password):
    return user == "admin" and password == os.environ.get("APP_PASSWORD", "")


with gr.Blocks() as demo:
    name = gr.Textbox(label="Name", value="Ada")
    with gr.Row():
        make = gr.Button("Make")
        download = gr.DownloadButton("Download", visible=False)
    file = gr.File(label="Report")
    said = gr.Markdown()
    make.click(report, [name], [file, said, download])

demo.launch(auth=check, auth_message="Ask for a password", ssr_mode=False)
