// The files on their way: checked, shown with progress, cancelled or worded when they fail.
import { bytes, newClientId, Refused } from '@confidante/core';
import type { Chat } from './chat.ts';
import { tagOf } from './speech.ts';
import type { Upload } from './state.ts';
import { checkFile, plainName, sendFile, typeNames, type Sending } from './upload.ts';

export class Uploads {
  readonly #chat: Chat;
  readonly #running = new Map<string, Sending>();

  constructor(chat: Chat) {
    this.#chat = chat;
    chat.onBack = () => {
      for (const { id, lost } of chat.store.now.uploads) if (lost) void this.again(id);
    };
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
    for (const file of files) this.#take(file);
  }

  #take(file: File): void {
    const { store, say } = this.#chat;
    const { setup } = store.now;
    if (!setup) return;
    store.clear('error');
    const trouble = checkFile(file, setup.files);
    if (trouble) {
      store.set({ error: say(trouble, { size: this.#limit(), types: typeNames(setup.files.types) }) });
      return;
    }
    const id = newClientId();
    store.set({ uploads: [...store.now.uploads, { id, name: plainName(file.name), file, share: 0 }] });
    void this.again(id);
  }

  /** Under the same id as before: where only the answer was lost, the server knows the file and says so. */
  async again(id: string): Promise<void> {
    const { store, say, transport } = this.#chat;
    const up = this.#row(id);
    if (!up || this.#running.has(id)) return;
    this.#change(id, { share: 0, failed: undefined, lost: false });
    const sending = sendFile(transport, up.file, id, (share) => this.#change(id, { share }));
    this.#running.set(id, sending);
    try {
      const message = await sending.done;
      // Without its row it came by the line already, or the chat is forgotten.
      if (this.#row(id)) this.#chat.take([message]);
    } catch (cause) {
      if (cause instanceof DOMException) this.#remove(id);
      else {
        const lost = !(cause instanceof Refused);
        const failed = lost ? say('fileLost') : say('fileFailed', { reason: this.#chat.word(cause) });
        this.#change(id, { failed, lost });
        store.set({ status: failed });
      }
    }
    this.#running.delete(id);
  }

  cancel(id: string): void {
    const sending = this.#running.get(id);
    if (sending) sending.cancel();
    else this.#remove(id);
  }

  #row(id: string): Upload | undefined {
    return this.#chat.store.now.uploads.find((up) => up.id === id);
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
