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
  last_seq: number;
  last_activity_at: number;
  waiting_since?: number | null;
  created_at: number;
  locale: string;
  page_host?: string | null;
}

export interface Counts { open: number; waiting: number; mine: number; unassigned: number; closed: number }
export interface Listing { items: Summary[]; next?: string | null; counts: Counts }
export interface Thread { summary: Summary; messages: Message[] }

export interface WhyPassage {
  n: number; snapshot_id: string; passage_id: string; title: string; url?: string | null;
  heading: string; text: string; score: number; kept: boolean; fetched_at: number;
}
export interface Why {
  outcome: Outcome; took_ms: number; question: string; queries: string[]; passages: WhyPassage[];
  sentences: { text: string; passage_n?: number | null; score: number }[];
  checks: { name: string; ok: boolean }[];
  answerer: string; model?: string | null;
  disclosures: {
    id: string; recipient: string; purpose: string; created_at: number;
    categories_sent: string[]; categories_withheld: string[]; bytes: number; hash: string;
  }[];
}
export interface Seen {
  wrote: string; model_received?: string | null; recipient?: string | null;
  bytes_left_server: number; placeholders: { placeholder: string; category: string }[];
}

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
  id: string; url?: string | null; title: string; kind: 'web' | 'pdf' | 'text' | 'manual';
  state: 'active' | 'excluded' | 'gone'; passages: number; fetched_at?: number | null;
}
export interface Page extends Omit<PageRow, 'passages'> {
  content: string; passages: { id: string; heading: string; text: string }[];
  snapshots: { id: string; hash: string; fetched_at: number }[];
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
export interface ApiKey { id: string; name: string; scopes: string[]; created_at: number; last_used_at?: number | null; revoked_at?: number | null }
export interface NewApiKey { id: string; name: string; scopes: string[]; key: string }
