def repeat(sound):
    rate, samples = sound
    for loudness in (1.0, 0.5, 0.25):
        yield rate, (samples * loudness).astype("int16")
