// The shapes of the staff's API. The server's OpenAPI document is the master copy; shapes shared with the widget live in core.
import type { Citation, Erasure, Lane, Message, MessageKind, Outcome } from '@confidante/core';

export type { Citation, Erasure, Lane, Message, Outcome };
export type Role = 'owner' | 'admin' | 'agent' | 'viewer';

export interface Me {
  member: { id: string; name: string; email: string; role: Role };
  organisation: { id: string; name: string; widget_key: string };
}

export interface Summary {
  id: string;
  person: { id: string; name?: string | null; email?: string | null };
  state: 'open' | 'closed';
  lane: Lane;
  assignee?: { id: string; name: string } | null;
  preview: string;
  preview_kind?: MessageKind | null;
  /** Restricted (GDPR Art. 18): its words are shown to an admin for a reason only. */
  restricted: boolean;
  last_seq: number;
  last_activity_at: number;
  waiting_since?: number | null;
  created_at: number;
  locale: string;
  page_host?: string | null;
}

export interface Counts { open: number; waiting: number; mine: number; unassigned: number; closed: number }
export interface Listing { items: Summary[]; next?: string | null; counts: Counts }
export interface Thread { summary: Summary; withheld: boolean; messages: Message[] }
export interface ShopIdentity { on: boolean; form: string }
export interface AuthorisedAgent { id: string; agent: string; name: string; verify_key: string; callback: string; created_at: number; token_at?: number | null }
export interface AuthorisedAgents { items: AuthorisedAgent[]; business_id: string; api_base: string }

export interface WhyPassage {
  n: number; snapshot_id: string; passage_id: string; title: string; url?: string | null;
  heading: string; text: string; score: number; kept: boolean; fetched_at: number;
}
export interface Why {
  outcome: Outcome; took_ms: number; question: string; queries: string[]; passages: WhyPassage[];
  sentences: { text: string; passage_n?: number | null; score: number }[];
  checks: { name: string; ok: boolean }[];
  answerer: string; model?: string | null; prompt_version?: string | null; tokens_in?: number | null; tokens_out?: number | null;
  tried: { provider: string; code: string }[]; withheld: { text: string; reason: string }[];
  disclosures: {
    id: string; recipient: string; purpose: string; created_at: number;
    categories_sent: string[]; categories_withheld: string[]; bytes: number; hash: string;
  }[];
}
export interface Seen {
  wrote: string; model_received?: string | null; recipient?: string | null;
  bytes_left_server: number; placeholders: { placeholder: string; category: string }[];
}

export interface ReviewLine {
  id: string; request_id: string; conversation_id: string; message_id: string; question: string; restricted: boolean; due_at: number; overdue: boolean;
  created_at: number; outcome?: string | null; decided_at?: number | null; decided_by?: string | null; page_id?: string | null;
}
export interface ReviewDetail {
  summary: ReviewLine; person: { id: string; name?: string | null; email?: string | null }; question: string; masked_question: string;
  answer: Message; why: Why; words?: string | null;
}

export interface GapGroup {
  question: string; others: string[]; messages: string[]; count: number; people: number; first_at: number; last_at: number; page_id?: string | null;
}
export interface GapReport { items: GapGroup[]; looked_at: number }

export interface TestCase { question: string; page: string; words: string; outcome: string }
export interface TestRunLine {
  id: string; answerer: string; label: string; state: string; done: number; total: number; hits: number; expected: number;
  created_at: number; finished_at?: number | null;
}
export interface TestSet { id: string; name: string; cases: TestCase[]; updated_at: number; runs: TestRunLine[] }
export interface TestResult {
  question: string; outcome: string; text: string; cited: { title: string; link: string }[];
  hit?: boolean | null; missed: string[]; took_ms: number;
}
export interface TestRun { summary: TestRunLine; set_id: string; results: TestResult[] }

export interface PersonCard { id: string; name?: string | null; email?: string | null; locale: string; created_at: number; last_seen_at: number }
export interface Person extends PersonCard {
  keep_until: number;
  conversations: { id: string; state: 'open' | 'closed'; created_at: number; last_activity_at: number }[];
  holds: { what: string; count: number; until?: number | null }[];
}

export interface Crawl {
  id: string; source_id: string; state: 'running' | 'paused' | 'stopped' | 'done' | 'failed';
  found: number; added: number; changed: number; same: number; skipped: number; errors: number; done: number;
  rate_per_s: number; eta_seconds?: number | null; started_at: number; finished_at?: number | null; now_url?: string | null;
  skipped_reasons: { reason: string; count: number }[]; error_samples: { url: string; reason: string }[];
}
export interface Source { id: string; url: string; kind: string; pages: number; created_at: number; last_crawled_at?: number | null; crawl?: Crawl | null }
export interface PageRow {
  id: string; url?: string | null; title: string; kind: 'web' | 'pdf' | 'text' | 'manual' | 'learned';
  state: 'active' | 'excluded' | 'gone'; passages: number; fetched_at?: number | null;
}
export interface Page extends Omit<PageRow, 'passages'> {
  content: string; passages: { id: string; heading: string; text: string }[];
  snapshots: { id: string; hash: string; fetched_at: number }[]; origins: string[];
}

export interface Played { text: string; citations: Citation[]; outcome: Outcome; why: Why }

export interface TeamMember { id: string; name: string; email: string; role: Role; disabled: boolean; created_at: number }
export interface Invitation { id: string; role: Role; created_at: number; expires_at: number }
export interface Team { members: TeamMember[]; invitations: Invitation[] }

export interface Look { accent: string; position: string; greeting: Record<string, string> }
export interface Settings {
  organisation_name: string; look: Look; domains: string[]; keep_days: number;
  ai: { enabled: boolean; answerer: string; recipient?: { name: string; country: string } | null }; widget_key: string;
}
export interface Snippet { html: string; sightings: { host: string; first_seen_at: number; last_seen_at: number }[] }
export interface MaskWording { text: string; effect: 'mask' | 'keep'; category: string }
export interface MaskRule extends MaskWording { id: string; created_at: number }
export interface MaskPreview { looked_at: number; messages: number; hits: { conversation: string; message: string; before: string; hit: string; after: string }[] }
export interface MaskPiece { text: string; masked_as?: string | null }
export interface ApiKey { id: string; name: string; scopes: string[]; created_at: number; last_used_at?: number | null; revoked_at?: number | null }
export interface NewApiKey { id: string; name: string; scopes: string[]; key: string }

export interface Marks {
  ai_off: ('opt_out' | 'minor' | 'special_category' | 'age_unknown')[]; ai_off_at?: number | null;
  restriction?: { since: number; ground: 'accuracy' | 'unlawful' | 'claims' | 'objection'; lift_told_at?: number | null } | null;
}
export interface RetentionClass {
  class: string; says: string; law: string; anchor: 'last_activity' | 'end' | 'since' | 'contract';
  days: number; least: number; most: number; rows: number; oldest?: number | null; next?: number | null; overdue: number;
}
export interface Retention {
  classes: RetentionClass[]; presets: number[]; subscription: number; held: number;
  run: { finished_at?: number | null; since_ms: number; late: boolean; purged: number };
  canary: { planted: number; oldest?: number | null; outlived: number };
}
export interface PeriodPreview { people: number; rows: number; bytes: number; by_day: { day: number; people: number }[] }
export interface LegalHold { id: string; person: string; conversation?: string | null; reason: string; placed_by?: string | null; placed_at: number; ends_at: number }

export interface ProviderFacts {
  dialect: string; name: string; base_url: string; model: string; recipient: string; country: string;
  mechanism: string; contract: string; retention: string; price_in: number; price_out: number;
}
export interface Provider { id: string; facts: ProviderFacts; has_key: boolean; active: boolean; created_at: number; updated_at: number }
export interface Providers { items: Provider[]; operator?: { model: string; recipient: string; country: string } | null }
export interface ProviderTrial { works: boolean; code: string; took_ms: number }
export interface SpendingLimits {
  currency: string; tokens_day?: number | null; tokens_month?: number | null; money_day?: number | null; money_month?: number | null;
}
export interface Spending {
  limits: SpendingLimits; may_go_on: boolean; tokens_today: number; money_today: number; tokens_month: number; money_month: number;
  days: { provider: string; day: number; calls: number; tokens_in: number; tokens_out: number; money: number }[];
}

export interface RequestSummary {
  id: string; kind: string; regime: string; channel: string; state: string; identity: string; received_at: number; due_at: number;
  days_left?: number | null; overdue: boolean; paused: boolean; acknowledge_by?: number | null; acknowledged_at?: number | null;
  extended_at?: number | null; answered_at?: number | null; closed_at?: number | null; ground?: string | null; assignee_id?: string | null;
}
export interface RequestStep {
  id: string; act: string; state: string; recipient?: string | null; transfers?: number | null; ground?: string | null; kept_until?: number | null;
  erasure_id?: string | null; attempts: number; next_at?: number | null; error_code?: string | null; done_by?: string | null; done_at?: number | null;
}
export interface RequestSaid { kind: string; step_id?: string | null; text: string; paragraphs?: string[]; sent_at?: number | null; created_at: number }
export interface RequestDetail {
  summary: RequestSummary; source: string; started_at?: number | null; lenient_at: number; extend_by: number; extendable: boolean; locale: string;
  message_id?: string | null; person?: { id: string; name?: string | null; email?: string | null } | null; assignee?: string | null;
  steps: RequestStep[]; said: RequestSaid[]; archives: { bytes: number; hash: string; created_at: number; expires_at: number }[];
}

export interface AuditLine {
  id: string; at: number; actor_kind: string; actor: string; actor_name?: string | null; action: string; reason: string;
  object_kind: string; object: string; request_id: string; seq?: number | null;
}
export interface AuditLines { items: AuditLine[]; next?: string | null; actions: string[] }
export interface AuditChain {
  first: number; last: number; unsealed: number; verified_at?: number | null; verdict?: string | null; public_key: string;
  checkpoint?: { seq: number; hash: string; at: number; signed: unknown } | null;
}
export interface Backups {
  enabled: boolean; missing: boolean; keep_days: number; step?: string | null; due_at?: number | null; failed?: string | null;
  items: { name: string; created_at: number; verified_at: number; rows: number; bytes: number; offsite_at?: number | null }[];
}
export interface TenantExport {
  id: string; state: string; done_tables: number; total_tables: number; rows: number; bytes?: number | null;
  created_at: number; finished_at?: number | null; expires_at: number;
}
export interface Departure { id: string; state: string; erased: { what: string; count: number }[]; created_at: number; finished_at?: number | null }

export interface PromiseCheck {
  name: string; looks: string; counts: string; history: { at: number; figure: number; holds: boolean }[];
  found?: { holds: boolean; figure: number; says: string; checked_at: number } | null;
}
export interface LivePromise {
  id: string; group: string; sentence: string; verdict: string; published: boolean; alarm: boolean; applies: string; rows: string[];
  checks: PromiseCheck[]; attested?: { by?: string | null; statement: string; made_at: number; valid_until: number } | null;
}
export interface Promises { items: LivePromise[]; alarms: number; published: number; trust_url: string }

export interface ConsentWords { en: string; de: string; ar: string }
export interface ConsentText {
  id: string; purpose: string; version: number; language: string; text: string; hash: string; created_at: number; retired_at?: number | null;
}
export interface SurveyField {
  id: string; label: ConsentWords; kind: string; required: boolean; purpose?: string | null; choices: string[];
}
export interface Survey { ask_age?: number | null; fields: SurveyField[] }
export interface ConsentBook { texts: ConsentText[]; figures: { purpose: string; state: string; people: number }[]; survey: Survey }
export interface PersonConsents {
  answers: { question: string; answer: string; purpose?: string | null; at: number }[];
  decisions: { id: string; purpose: string; state: string; text_id: string; shown_in: string; language: string; gpc: boolean; dnt: boolean; at: number }[];
}
