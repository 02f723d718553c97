// The shapes of the public HTTP API as the widget reads them; the server's OpenAPI document is the master copy.

export type Lane = 'ai' | 'waiting' | 'human';
export type ConversationState = 'open' | 'closed';
export type MessageKind = 'visitor' | 'ai' | 'agent' | 'note' | 'system';
export type Outcome = 'answered' | 'abstained' | 'asked_back' | 'offered_person' | 'failed';
export type SystemCode =
  | 'person_requested' | 'person_joined' | 'ai_returned' | 'closed' | 'reopened' | 'assigned'
  | 'review_opened' | 'review_right' | 'review_wrong' | 'review_not_ours';

export interface Citation {
  n: number;
  snapshot_id: string;
  passage_id: string;
  title: string;
  url?: string | null;
  quote: string;
  fetched_at: number;
  /** Path of the frozen page as it was when it was read. */
  link: string;
}

export interface FileRef {
  id: string;
  name: string;
  mime: string;
  bytes: number;
}

export interface Message {
  id: string;
  seq: number;
  kind: MessageKind;
  text: string;
  /** The name of whoever wrote it, where a person did. */
  author?: string | null;
  created_at: number;
  client_id?: string | null;
  ai: boolean;
  outcome?: Outcome | null;
  citations?: Citation[];
  file?: FileRef | null;
  system?: { code: SystemCode; name?: string | null; about?: string | null; until?: number | null } | null;
}

/** What changes about a conversation besides its messages. */
export interface ConversationHead {
  state: ConversationState;
  lane: Lane;
  agent?: { name: string } | null;
}

export interface Conversation extends ConversationHead {
  id: string;
  last_seq: number;
  messages: Message[];
}

export interface WidgetSetup {
  organisation: { name: string };
  look: { accent: string; position?: string; greeting: Partial<Record<string, string>> };
  ai: { enabled: boolean; answerer: 'built-in' | 'model'; recipient?: { name: string; country: string } | null };
  notice_version: string | number;
  locales: string[];
  keep_days: number;
  files: { max_bytes: number; types: string[] };
  privacy_url: string;
  /** Something is asked before the first message. */
  survey: boolean;
}

export interface VisitorSession {
  token: string;
  conversation: Conversation;
  expires_at: number;
}

export type StepState = 'waiting' | 'running' | 'done' | 'failed';

export interface Erasure {
  id: string;
  state: 'running' | 'done' | 'failed';
  steps: { name: string; state: StepState; done: number; total: number }[];
  created_at: number;
  finished_at?: number | null;
  receipt_url?: string | null;
}

export interface ChoiceField {
  id: string;
  label: string;
  kind: 'line' | 'text' | 'email' | 'phone' | 'choice';
  required: boolean;
  purpose?: string | null;
  choices: string[];
  answer?: string | null;
}

export interface ChoicePurpose {
  purpose: string;
  text?: string;
  text_id?: string;
  version?: number;
  language?: string;
  state?: 'given' | 'refused' | 'withdrawn';
  decided_at?: number;
  decided_text_id?: string;
}

/** What a visitor is asked before the chat, how she stands to each purpose, and what the chat keeps in her browser. */
export interface Choices {
  open: boolean;
  ask_age?: number;
  fields: ChoiceField[];
  purposes: ChoicePurpose[];
  gpc: boolean;
  dnt: boolean;
  browser: { name: string; place: string; says: string; until: string }[];
}
