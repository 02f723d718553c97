// The files on their way: checked, shown with progress, cancelled or worded when they fail.
import { bytes, newClientId } from '@confidante/core';
import type { Chat } from './chat.ts';
import { tagOf } from './speech.ts';
import type { Upload } from './state.ts';
import { checkFile, plainName, sendFile, typeNames, type Sending } from './upload.ts';

export class Uploads {
  readonly #chat: Chat;
  readonly #running = new Map<string, Sending>();

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  /** The rule in words, said before anyone chooses a file. */
  rule(): string {
    const { setup } = this.#chat.store.now;
    return setup ? this.#chat.say('fileRule', { size: this.#limit(), types: typeNames(setup.files.types) }) : '';
  }

  #limit(): string {
    const { setup, locale } = this.#chat.store.now;
    return bytes(tagOf(locale), setup?.files.max_bytes ?? 0);
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#send(file);
  }

  async #send(file: File): Promise<void> {
    const { store, say, transport } = this.#chat;
    const { setup } = store.now;
    if (!setup) return;
    store.clear('error');
    const trouble = checkFile(file, setup.files);
    if (trouble) {
      store.set({ error: say(trouble, { size: this.#limit(), types: typeNames(setup.files.types) }) });
      return;
    }
    const id = newClientId();
    store.set({ uploads: [...store.now.uploads, { id, name: plainName(file.name), share: 0 }] });
    const sending = sendFile(transport, file, (share) => this.#change(id, { share }));
    this.#running.set(id, sending);
    try {
      const message = await sending.done;
      this.#remove(id);
      this.#chat.take([message]);
    } catch (cause) {
      if (cause instanceof DOMException) this.#remove(id);
      else this.#change(id, { failed: this.#chat.word(cause) });
    }
    this.#running.delete(id);
  }

  cancel(id: string): void {
    const sending = this.#running.get(id);
    if (sending) sending.cancel();
    else this.#remove(id);
  }

  #change(id: string, change: Partial<Upload>): void {
    const { store } = this.#chat;
    store.set({ uploads: store.now.uploads.map((up) => (up.id === id ? { ...up, ...change } : up)) });
  }

  #remove(id: string): void {
    const { store } = this.#chat;
    store.set({ uploads: store.now.uploads.filter((up) => up.id !== id) });
  }
}
