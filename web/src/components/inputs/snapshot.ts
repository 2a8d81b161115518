/** Takes a picture with the camera, or of the screen; shows what the camera sees meanwhile. */
import { html, nothing, type TemplateResult } from "lit";
import { PHOTO, EXACT, pictureName, pictureType } from "../../media-capture/picture-format.ts";
import { explainRefusal } from "../../media-capture/refusal.ts";
import { DEVICES, takePicture, Viewfinder, type Source } from "../../media-capture/viewfinder.ts";
import { words } from "../../words.ts";
import { captureWords } from "../../media-capture/capture-words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import "../../style/snapshot.css";

class Snapshot extends LightElement {
  static override properties = {
    source: { attribute: false },
    accept: { attribute: false },
    name: { attribute: false },
    isLive: { state: true },
    hasPicture: { state: true },
  };
  declare source: Source;
  declare accept: string;
  declare name: string;
  /** Called once, with the picture; null when none was taken. */
  declare finished: (picture: File | null) => void;
  /** Called with the reason why there is no picture. */
  declare refused: (reason: string) => void;
  declare isLive: boolean;
  /** Whether the device has shown something: until then the video has no size, and would move the buttons. */
  declare hasPicture: boolean;
  private readonly finder = new Viewfinder(DEVICES, () => {
    this.fail(new DOMException("ended", "NotReadableError"));
  });
  /** The button that was pressed is gone when this appears. */
  private hadFocus = true;

  constructor() {
    super();
    this.isLive = false;
    this.hasPicture = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.open(() => this.finder.open(this.source));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.finder.close();
  }

  override render(): TemplateResult {
    const isCamera = this.source === "camera";
    const status = this.hasPicture && isCamera ? captureWords().ready : captureWords().asking;
    return html`<video
        class="finder ${this.finder.isMirror ? "mirror" : ""}"
        ?hidden=${!this.isLive || !isCamera}
        muted
        autoplay
        playsinline
        .muted=${true}
        aria-label=${captureWords().cameraPicture}
      ></video>
      <div class="finder-row">
        ${this.hasPicture ? this.controls() : html`<span class="finder-words">${captureWords().asking}</span>`}
        ${this.cancelButton()}
      </div>
      <span class="visually-hidden" role="status">${status}</span>`;
  }

  protected override updated(): void {
    const { video } = this;
    const { stream } = this.finder;
    // Assigning a stream restarts it, so it is not part of the template.
    if (video !== null && video.srcObject !== stream) video.srcObject = stream;
    if (!this.hadFocus) return;
    this.hadFocus = false;
    if (!this.contains(document.activeElement)) this.querySelector("button")?.focus();
  }

  private get video(): HTMLVideoElement | null {
    return this.querySelector("video");
  }

  private controls(): unknown {
    if (this.source === "screen") return nothing;
    return html`<button class="small take" type="button" @click=${this.take}>
        ${icon("camera")} ${captureWords().take}
      </button>
      ${this.finder.cameras.length > 1 ? this.switchButton() : nothing}`;
  }

  private switchButton(): TemplateResult {
    const label = captureWords().switchCamera;
    return html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${words.inputs.forInput(label, this.name)}
      @click=${() => {
        void this.open(() => this.finder.switch());
      }}
    >
      ${icon("again")}
    </button>`;
  }

  private cancelButton(): TemplateResult {
    const label = captureWords().leave;
    return html`<button
      class="tool"
      type="button"
      title=${label}
      aria-label=${words.inputs.forInput(label, this.name)}
      @click=${() => {
        this.end(null);
      }}
    >
      ${icon("cross")}
    </button>`;
  }

  private async open(request: () => Promise<boolean>): Promise<void> {
    this.hadFocus ||= this.contains(document.activeElement);
    this.isLive = this.hasPicture = false;
    try {
      if (!(await request())) return;
      this.isLive = true;
      await this.updateComplete;
      await this.video?.play();
      this.hasPicture = true;
      // The window that was chosen is there now; whoever wants a moment of it chooses that moment.
      if (this.source === "screen") await this.take();
    } catch (reason) {
      this.fail(reason);
    }
  }

  private readonly take = async (): Promise<void> => {
    const { video } = this;
    if (video === null) return;
    try {
      const wanted = pictureType(this.accept, this.source === "screen" ? EXACT : PHOTO);
      const picture = await takePicture(video, wanted);
      this.end(new File([picture], pictureName(this.source, picture.type), { type: picture.type }));
    } catch (reason) {
      this.fail(reason);
    }
  };

  private end(picture: File | null): void {
    this.finder.close();
    this.finished(picture);
  }

  private fail(reason: unknown): void {
    // Playing is interrupted when the element is removed, of which nobody needs to be told.
    if (!this.isConnected) return;
    this.end(null);
    this.refused(explainRefusal(this.source === "screen" ? "screen" : "video", reason));
  }
}

customElements.define("gs-snapshot", Snapshot);
