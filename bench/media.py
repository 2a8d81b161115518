"""The measured media: made once, by ffmpeg, before anything is measured, and laid beside the demos.

    wav/00.wav … mp3/00.mp3 …   20 seconds of a rising tone, a file a second
    whole.mp3  seconds.npy      the same in one file, and as arrays
    mp4/ ts/ mp4_sound/         10 clips of 2 s, H.264 640x360, 24 frames a second

The last two have sound, as AAC.
"""

import functools
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.demos.sounding import CHUNK_S, RATE_HZ

SECONDS = 20
CLIPS = 10
CLIP_S = int(CHUNK_S["mp4"])
MP3 = ("-c:a", "libmp3lame", "-b:a", "128k")
H264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-b:a", "160k", "-shortest")


class Media:
    """A folder of media files that lasts as long as the process."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gradstream-bench-media-")
        self.path = Path(self._folder.name)
        for form in ("wav", "mp3", "mp4", "ts", "mp4_sound"):
            (self.path / form).mkdir()
        self._make_sound()
        for index in range(CLIPS):
            self._make_clips(index)

    def _make_sound(self) -> None:
        tone = rising_tone()
        np.save(self.path / "seconds.npy", tone)
        write_wav(self.path / "whole.wav", tone)
        ffmpeg("-i", str(self.path / "whole.wav"), *MP3, str(self.path / "whole.mp3"))
        for index, second in enumerate(tone):
            file = self.path / "wav" / f"{index:02}.wav"
            write_wav(file, second)
            ffmpeg("-i", str(file), *MP3, str(self.path / "mp3" / f"{index:02}.mp3"))

    def _make_clips(self, index: int) -> None:
        span = f"start={index * CLIP_S}:end={(index + 1) * CLIP_S}"
        pictures = f"testsrc2=size=640x360:rate=24,trim={span},setpts=PTS-STARTPTS"
        tone = f"atrim={span},asetpts=PTS-STARTPTS"
        silent = self.path / "mp4" / f"{index:02}.mp4"
        ffmpeg("-f", "lavfi", "-i", pictures, *H264, str(silent))
        for name in (f"mp4_sound/{index:02}.mp4", f"ts/{index:02}.ts"):
            whole = ("-i", str(silent), "-i", str(self.path / "whole.wav"), "-af", tone, "-c:v", "copy", *AAC)
            ffmpeg(*whole, str(self.path / name))


@functools.cache
def media_folder() -> Path:
    """Return the folder of the media, made at the first call."""
    return _media().path


@functools.cache
def _media() -> Media:
    return Media()


def rising_tone() -> npt.NDArray[np.int16]:
    """Return a tone that rises over all seconds, (seconds, samples, 2 channels)."""
    time_s = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    phase = 2 * np.pi * (220 * time_s + 11 * time_s**2)
    both = np.stack([np.sin(phase), np.sin(1.5 * phase)], axis=1)
    return (both * 12_000).astype(np.int16).reshape(SECONDS, RATE_HZ, 2)


def write_wav(path: Path, samples: npt.NDArray[np.int16]) -> None:
    """Write 16-bit stereo."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg, which says nothing unless it fails."""
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True, timeout=60)  # noqa: S607
