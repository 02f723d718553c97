// A real SMTP server on loopback that keeps what it gets, so that a story can read the codes and letters that people get.
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const PATIENCE_MS = 15_000;

export async function openPostOffice() {
  const letters = [];
  const office = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream).then((letter) => {
        letters.push({ to: session.envelope.rcptTo.map((one) => one.address), subject: letter.subject, words: letter.text });
        done();
      }, done);
    },
  });
  await new Promise((resolve, reject) => {
    office.once('error', reject);
    office.listen(0, '127.0.0.1', resolve);
  });
  const to = (address) => letters.filter((letter) => letter.to.includes(address));
  return {
    to,
    /** The settings with which the program sends its letters here. */
    settings: {
      CONFIDANTE_MAIL_HOST: '127.0.0.1',
      CONFIDANTE_MAIL_PORT: String(office.server.address().port),
      CONFIDANTE_MAIL_PROTECTION: 'none',
      CONFIDANTE_MAIL_FROM: 'Fjell & Fern <privacy@fjell.example>',
      CONFIDANTE_MAIL_RECIPIENT: 'Example Mail',
      CONFIDANTE_MAIL_COUNTRY: 'Norway',
      CONFIDANTE_MAIL_MECHANISM: 'adequacy',
      CONFIDANTE_MAIL_CONTRACT: 'DPA-2026-7',
    },
    /** Waits until so many letters have come to an address, and gives the last one. */
    async letter(address, count) {
      const until = Date.now() + PATIENCE_MS;
      while (to(address).length < count) {
        if (Date.now() > until) throw new Error(`${address} has ${to(address).length} letters, not ${count}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return to(address)[count - 1];
    },
    close: () => new Promise((resolve) => office.close(resolve)),
  };
}

/** The code in a letter. */
export const codeIn = (letter) => /^\s*(\d{4} \d{4})\s*$/m.exec(letter.words)[1];
