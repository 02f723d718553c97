// What a member of the staff does in the console, in the words of a story.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { axe } from '../support/axe.mjs';

const shots = fileURLToPath(new URL('../shots/console/', import.meta.url));
mkdirSync(shots, { recursive: true });

export const OWNER = { organisation: 'Fjell & Fern', name: 'Marta Lind', email: 'marta@fjell.example', password: 'correct horse battery staple' };

export class Staff {
  constructor({ page, context, seen }, server) {
    Object.assign(this, { page, context, seen, server });
  }

  async go(path) {
    await this.page.goto(`${this.server.origin}/console${path}`);
    return this;
  }

  button(name, within = this.page) {
    return within.getByRole('button', { name });
  }

  field(name, within = this.page) {
    return within.getByLabel(name, { exact: true });
  }

  /** The sheet that is open. */
  sheet() {
    return this.page.locator('dialog[open]');
  }

  heading(name) {
    return this.page.getByRole('heading', { name, level: 1 });
  }

  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.field(name).fill(value);
  }

  async signIn(email, password) {
    await this.fill({ 'E-mail': email, Password: password });
    await this.button('Sign in').click();
  }

  /** The conversation whose last words are these. */
  row(words) {
    return this.page.getByRole('listitem').filter({ hasText: words }).first();
  }

  async openTalk(words) {
    await this.row(words).getByRole('link').click();
    await this.turn().waitFor();
  }

  turn(name) {
    return this.page.locator(name ? `[data-turn=${name}]` : '[data-turn]');
  }

  said(kind, words) {
    const rows = this.page.locator(`[data-kind=${kind}]`);
    return words ? rows.filter({ hasText: words }).last() : rows.last();
  }

  async write(words, mode = 'Reply') {
    await this.page.getByRole('button', { name: mode, exact: true }).click();
    await this.page.locator('#composer').fill(words);
  }

  async api(method, path, body) {
    return this.page.evaluate(
      async ([method, path, body]) => {
        const response = await fetch(path, { method, headers: { 'x-confidante': '1', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
        const text = await response.text();
        return { status: response.status, json: text ? JSON.parse(text) : undefined };
      },
      [method, path, body],
    );
  }

  /**
   * A colour in the middle of a transition is nobody's colour: what moves is brought to its end. Not awaited: Chromium draws no frames
   * for what lies outside of a shrunken window, so such a transition never ends by itself. One that ends may begin another: hence rounds.
   */
  still() {
    return this.page.evaluate(() => {
      const ends = (one) => Number.isFinite(one.effect?.getComputedTiming().endTime) && one.playState === 'running';
      for (let round = 0; round < 5; round += 1) for (const one of document.getAnimations().filter(ends)) one.finish();
    });
  }

  async accessible(what) {
    await this.still();
    assert.deepEqual(await axe(this.page), [], what);
  }

  async shot(name) {
    await this.still();
    return this.page.screenshot({ path: `${shots}${name}.png` });
  }
}
