/**
 * A Lit element in the light DOM: one stylesheet serves all, and labels can refer to other components.
 *
 * Changes of the stores it watches are rendered at most once a frame.
 */
import { LitElement } from "lit";
import type { Readable } from "../state/store.ts";
import type { Undo } from "../transport/types.ts";

export abstract class LightElement extends LitElement {
  private undos: readonly Undo[] = [];
  private frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.undos = this.watched().map((store) => store.subscribe(this.drawNextFrame));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const undo of this.undos) undo();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  /** The stores whose changes are rendered; read once, when the element is connected. */
  protected watched(): readonly Readable<unknown>[] {
    return [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Hidden pages have no frames: what must continue there cannot depend on rendering. */
  protected readonly drawNextFrame = (): void => {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.requestUpdate();
    });
  };
}
