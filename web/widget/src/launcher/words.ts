// The few words the launcher itself needs before the panel is there.

export type Words = readonly [open: string, close: string, fresh: string, title: string, down: string];

const words: Record<string, Words> = {
  en: ['Open chat', 'Close chat', '{n} new', 'Chat', 'The chat is not available right now.'],
  de: ['Chat öffnen', 'Chat schließen', '{n} neu', 'Chat', 'Der Chat ist gerade nicht verfügbar.'],
  ar: ['افتح المحادثة', 'أغلق المحادثة', '{n} جديدة', 'محادثة', 'المحادثة غير متاحة الآن.'],
};

export function wordsFor(lang: string): Words {
  return (words[lang.slice(0, 2).toLowerCase()] ?? words['en']) as Words;
}
