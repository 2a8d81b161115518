import numpy as np
from gradio import Checkbox, Image, Interface, Radio


def sepia(picture: np.ndarray, strength: str, mirrored: bool) -> np.ndarray:
    if picture is None:
        picture = np.zeros((8, 8, 3), dtype=np.uint8)
    weights = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    toned = np.clip(picture @ weights.T, 0, 255).astype(np.uint8)
    toned = toned if strength == "full" else (toned // 2 + picture // 2)
    return toned[:, ::-1] if mirrored else toned


app = Interface(
    fn=sepia,
    inputs=[
        Image(type="numpy", sources=["upload", "clipboard", "webcam"], label="Picture"),
        Radio(["full", "half"], value="full", info="How much of it"),
        Checkbox(label="Mirrored"),
    ],
    outputs=Image(type="numpy", format="png"),
    flagging_mode="never",
)

if __name__ == "__main__":
    app.launch(server_name="0.0.0.0")
