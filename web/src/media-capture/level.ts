/** Measures the level of a microphone, to show that it records anything. */

/** Samples looked at each time: about 40 ms. */
const WINDOW = 2048;

/** Samples of speech are small numbers; this makes them fill the scale. */
const GAIN = 4;

export class LevelMeter {
  private readonly context = new AudioContext();
  private readonly analyser: AnalyserNode;
  private readonly samples = new Float32Array(WINDOW);

  constructor(stream: MediaStream) {
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = WINDOW;
    this.context.createMediaStreamSource(stream).connect(this.analyser);
  }

  /** The level at this moment, from 0 to 1. */
  read(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    return levelOf(this.samples);
  }

  close(): void {
    void this.context.close();
  }
}

export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return Math.min(1, Math.sqrt(Math.sqrt(power)) * (GAIN / 2));
}
