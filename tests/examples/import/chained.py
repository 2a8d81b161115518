import time

import gradio as gr


def outline(topic):
    return f"First {topic}, then the end."


def tell(plan):
    for end in range(1, len(plan) + 1):
        time.sleep(0.001)
        yield plan[:end]


def words(story):
    return {"words": len(story.split())}


def lock():
    return gr.Button(interactive=False)


with gr.Blocks() as demo:
    with gr.Row():
        topic = gr.Textbox("a boat", label="Topic")
        write = gr.Button("Write")
    plan = gr.Textbox(label="Plan")
    story = gr.Textbox(label="Story", lines=6)
    facts = gr.JSON(label="Facts")
    event = write.click(outline, topic, plan).success(tell, plan, story)
    event.then(words, story, facts).then(lambda: None, None, topic)
    topic.submit(outline, topic, plan).success(tell, plan, story)

demo.launch()
