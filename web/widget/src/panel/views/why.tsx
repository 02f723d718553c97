// Why the assistant answered as it did, for the one it answered; fetched only when she asks.
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import type { PanelLocale } from '../state.ts';

interface Why {
  question: string;
  passages: { title: string; kept: boolean; score: number }[];
  checks: { name: string; ok: boolean }[];
  withheld: unknown[];
  answerer: string;
  model?: string | null;
  disclosures: { recipient: string; bytes: number; categories_withheld: string[] }[];
}

const WORDS: Record<PanelLocale, Record<'asked' | 'read' | 'used' | 'by' | 'builtIn' | 'left' | 'nothing' | 'hidden' | 'withheld', string>> = {
  en: {
    asked: 'Your question as the assistant saw it', read: 'Pages it looked at', used: 'used', by: 'Answered by', builtIn: 'a program on this server that quotes our pages',
    left: 'What left this server', nothing: 'Nothing', hidden: 'hidden before', withheld: 'Sentences that were not shown, because no page supports them',
  },
  de: {
    asked: 'Ihre Frage, wie der Assistent sie sah', read: 'Angesehene Seiten', used: 'verwendet', by: 'Beantwortet von', builtIn: 'einem Programm auf diesem Server, das unsere Seiten zitiert',
    left: 'Was diesen Server verlassen hat', nothing: 'Nichts', hidden: 'vorher verborgen', withheld: 'Nicht gezeigte Sätze, weil keine Seite sie stützt',
  },
  ar: {
    asked: 'سؤالك كما رآه المساعد', read: 'الصفحات التي اطّلع عليها', used: 'مستخدمة', by: 'أجاب', builtIn: 'برنامج على هذا الخادم يقتبس من صفحاتنا',
    left: 'ما غادر هذا الخادم', nothing: 'لا شيء', hidden: 'أُخفي قبل ذلك', withheld: 'جمل لم تُعرض لأن لا صفحة تدعمها',
  },
};

export function WhyBox({ chat, id }: { chat: Chat; id: string }) {
  const [why, set] = useState<Why | undefined>(undefined);
  useEffect(() => {
    chat.transport.json<Why>('GET', `/v1/visitor/messages/${id}/why`).then(set, (cause: unknown) => chat.fail(cause));
  }, [id]);
  if (!why) return null;
  const say = WORDS[chat.store.now.locale];
  // Several passages of one page are one page to a reader.
  const found = new Map<string, boolean>();
  for (const { title, kept } of why.passages) found.set(title, kept || (found.get(title) ?? false));
  const pages = [...found].slice(0, 5);
  return (
    <dl class="quote">
      <dt class="meta">{say.asked}</dt>
      <dd dir="auto">{why.question}</dd>
      <dt class="meta">{say.read}</dt>
      {pages.map(([title, used]) => <dd key={title}><bdi>{title}</bdi>{used ? ` (${say.used})` : ''}</dd>)}
      <dt class="meta">{say.by}</dt>
      <dd>{why.model ?? say.builtIn}</dd>
      {why.withheld.length > 0 ? <><dt class="meta">{say.withheld}</dt><dd>{why.withheld.length}</dd></> : null}
      <dt class="meta">{say.left}</dt>
      {why.disclosures.map((one) => <dd><bdi>{one.recipient}</bdi>: {one.bytes} B{one.categories_withheld.length > 0 ? `; ${say.hidden}: ${one.categories_withheld.join(', ')}` : ''}</dd>)}
      {why.disclosures.length === 0 ? <dd>{say.nothing}</dd> : null}
    </dl>
  );
}
