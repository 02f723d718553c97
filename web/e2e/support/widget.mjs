// What a visitor does in the widget, in the words of a story.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shots = fileURLToPath(new URL('../shots/', import.meta.url));
mkdirSync(shots, { recursive: true });

export const ANSWERABLE = 'How many days do I have to return something?';
export const UNANSWERABLE = 'Which quantum chromodynamics lattice do you prefer?';

/** Everything a story needs of one visitor: page, frame and the common steps. */
export class Guest {
  constructor({ page, context, seen, frame }, world) {
    Object.assign(this, { page, context, seen, frame, world });
  }

  launcher() {
    return this.page.locator('confidante-chat button');
  }

  /** The frame itself, for scripts that must run inside it. */
  inside() {
    return this.page.frames().find((frame) => frame.url().includes('/widget/frame.html'));
  }

  async visit(path = '/returns.html') {
    await this.page.goto(this.world.server.shop + path);
    await this.launcher().waitFor();
    return this;
  }

  async open() {
    await this.launcher().click();
    await this.frame.locator('form.front, .log, .steps').first().waitFor();
    return this;
  }

  /** Opens and begins; a first message typed before beginning is sent with it. */
  async begin(first = '') {
    await this.open();
    if (first) await this.frame.locator('#first').fill(first);
    await this.frame.locator('.front button[type=submit]').click();
    await this.frame.locator('#compose').waitFor();
    return this;
  }

  async say(text) {
    await this.frame.locator('#compose').fill(text);
    await this.frame.locator('#compose').press('Enter');
  }

  /** What the visitor wrote and the server has: what is on its way is marked, and kept in the browser until then. */
  sent() {
    return this.frame.locator('.mine:not([data-state])');
  }

  answer(outcome = 'answered') {
    return this.frame.locator(`[data-ai-outcome=${outcome}]`).last();
  }

  async menu(item) {
    await this.frame.locator('header button[aria-expanded]').click();
    await this.frame.getByRole('button', { name: item, exact: true }).first().click();
  }

  shot(name) {
    return this.page.screenshot({ path: `${shots}${name}.png` });
  }
}
