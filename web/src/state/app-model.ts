/** The state that all pages share: the catalog, whether the connection is lost, and the open demo, if any. */
import type { Api } from "../client/api.ts";
import type { Boot } from "../contract/boot.ts";
import type { Catalog } from "../contract/catalog.ts";
import type { Document } from "../contract/document.ts";
import type { CatalogMessage } from "../contract/event.ts";
import type { Connection } from "../transport/connection.ts";
import { words } from "../words.ts";
import { DemoModel } from "./demo-model.ts";
import { Store } from "./store.ts";

/** A server that restarts is back within this time, which is not worth a message. */
const LOST_AFTER_MS = 1_000;

export class AppModel {
  readonly page: Boot["page"];
  readonly catalog: Store<Catalog>;
  readonly demo: DemoModel | null;
  readonly document: Document | null;
  readonly user: string | null;
  readonly isLost = new Store(false);
  private wasLost = false;
  private lostTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    boot: Boot,
    private readonly api: Api,
    private readonly connection: Connection,
    /** What the page needs and this browser does not have. */
    readonly missing: readonly string[],
    /** Whether a part of the page could not be loaded, so that something is not drawn. */
    readonly isIncomplete: Store<boolean>,
  ) {
    this.page = boot.page;
    this.document = boot.document;
    this.user = boot.user;
    this.catalog = new Store(boot.catalog);
    this.demo = boot.demo === null ? null : new DemoModel(boot.demo, api, connection, this.isLost);
  }

  open(): void {
    this.demo?.open();
    this.connection.onStatus((status) => {
      if (status === "lost") this.noteLost();
      else void this.resume();
    });
    this.watch();
  }

  /** Somebody looks at the page for the first time. */
  look(): void {
    this.demo?.looked();
  }

  /** Try to connect now, instead of after the next pause. */
  reconnect(): void {
    this.connection.renew();
  }

  private watch(): void {
    this.connection.watchCatalog(this.catalog.value.version, (message) => {
      void this.applyChange(message);
    });
  }

  /** A restarted server counts its versions from 1 again, so everything is read again. */
  private async resume(): Promise<void> {
    clearTimeout(this.lostTimer);
    if (this.isLost.value) this.demo?.log.add("note", words.log.connectedAgain);
    this.isLost.set(false);
    if (!this.wasLost) return;
    this.wasLost = false;
    await Promise.all([this.readCatalog(), this.demo?.reload()]);
    this.watch();
  }

  private noteLost(): void {
    this.wasLost = true;
    clearTimeout(this.lostTimer);
    this.lostTimer = setTimeout(() => {
      this.isLost.set(true);
      this.demo?.log.add("note", words.log.connectionLost);
    }, LOST_AFTER_MS);
  }

  private async applyChange({ demos, removed }: CatalogMessage): Promise<void> {
    const mine = this.demo?.demo.value.address ?? "";
    if (removed.includes(mine)) this.demo?.isRemoved.set(true);
    else if (demos.includes(mine)) await this.demo?.reload();
    await this.readCatalog();
  }

  private async readCatalog(): Promise<void> {
    try {
      this.catalog.set(await this.api.catalog());
    } catch (reason) {
      // The next change reads it again; an older catalog is better than none.
      console.debug("gradstream: the catalog could not be read", reason);
    }
  }
}
