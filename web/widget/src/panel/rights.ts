// The two rights in the panel: take a copy, and be forgotten with the steps in sight and a receipt at the end.
import { Refused, type Erasure } from '@confidante/core';
import type { Chat } from './chat.ts';
import { saveBlob } from './upload.ts';

const LOOK_MS = 500;

export class Rights {
  readonly #chat: Chat;
  #receipt: Blob | undefined;
  #watching: string | undefined;

  constructor(chat: Chat) {
    this.#chat = chat;
    chat.onErasure = (id) => this.watch(id);
  }

  /** Resolves with the size in bytes, nothing when it failed (the state then says why). */
  async export(): Promise<number | undefined> {
    const { store } = this.#chat;
    if (store.now.busy) return undefined;
    store.clear('error');
    store.set({ busy: true, status: this.#chat.say('exportBusy') });
    try {
      const zip = await this.#chat.transport.blob('/v1/visitor/export');
      saveBlob(zip, 'confidante-my-data.zip');
      return zip.size;
    } catch (cause) {
      this.#chat.fail(cause);
      return undefined;
    } finally {
      store.set({ busy: false });
    }
  }

  async erase(): Promise<void> {
    const { store } = this.#chat;
    if (store.now.busy) return;
    store.clear('error');
    store.set({ busy: true });
    try {
      const { erasure_id: id } = await this.#chat.transport.json<{ erasure_id: string }>('POST', '/v1/visitor/erasure', { confirm: true });
      this.#chat.tellErasing(id);
      this.watch(id);
    } catch (cause) {
      this.#chat.fail(cause);
    }
    store.set({ busy: false });
  }

  /** Shows the steps of an erasure, begun here, in another tab, or before a reload. */
  watch(id: string): void {
    if (this.#watching === id) return;
    this.#watching = id;
    this.#receipt = undefined;
    this.#chat.store.clear('erasure');
    this.#chat.store.clear('fingerprint');
    this.#chat.store.set({ phase: 'erasing', view: 'main', status: this.#chat.say('eraseRunning') });
    this.#chat.forget(id);
    void this.#look(id);
  }

  async #look(id: string): Promise<void> {
    const { store, transport, say } = this.#chat;
    if (this.#watching !== id) return;
    try {
      const erasure = await transport.json<Erasure>('GET', `/v1/erasures/${encodeURIComponent(id)}`);
      store.set({ erasure });
      if (erasure.state === 'done') {
        this.#chat.forget();
        store.set({ phase: 'erasing', status: say('eraseDone') });
        if (erasure.receipt_url) await this.#fetchReceipt(erasure.receipt_url);
        return;
      }
      if (erasure.state === 'failed' && store.now.status !== say('eraseFailed')) store.set({ status: say('eraseFailed') });
    } catch (cause) {
      if (cause instanceof Refused && cause.status === 404) {
        this.#watching = undefined;
        this.#chat.forget();
        this.#chat.again();
        return;
      }
    }
    setTimeout(() => void this.#look(id), LOOK_MS);
  }

  async #fetchReceipt(url: string): Promise<Blob> {
    const receipt = await this.#chat.transport.blob(url);
    this.#receipt = receipt;
    // Browsers offer hashing only to secure pages; the receipt itself does not depend on it.
    const hash = await crypto.subtle?.digest('SHA-256', await receipt.arrayBuffer());
    if (hash) {
      const fingerprint = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
      this.#chat.store.set({ fingerprint });
    }
    return receipt;
  }

  async saveReceipt(): Promise<void> {
    const { store } = this.#chat;
    try {
      saveBlob(this.#receipt ?? (await this.#fetchReceipt(store.now.erasure?.receipt_url ?? '')), 'receipt.json');
    } catch (cause) {
      this.#chat.fail(cause);
    }
  }

  again(): void {
    this.#watching = undefined;
    this.#receipt = undefined;
    this.#chat.again();
  }
}
