// Every call the console makes, one line each. Nothing else in the console knows an address.
import { Transport, newClientId } from '@confidante/core';
import type * as T from './types.ts';

const wire = new Transport({ root: `${location.origin}/`, headers: () => ({ 'x-confidante': '1' }) });
const get = <R>(path: string, signal?: AbortSignal): Promise<R> => wire.json<R>('GET', path, undefined, signal);
const post = <R>(path: string, body: unknown = {}): Promise<R> => wire.json<R>('POST', path, body);
const remove = (path: string): Promise<void> => wire.json<void>('DELETE', path);
const at = (id: string): string => encodeURIComponent(id);

/** A query string of what is set; empty values are left out. */
export function query(parts: Record<string, string | undefined>): string {
  const set = Object.entries(parts).filter((part): part is [string, string] => !!part[1]);
  return set.length > 0 ? `?${new URLSearchParams(set)}` : '';
}

export interface ListQuery {
  state?: string | undefined; lane?: string | undefined; assignee?: string | undefined;
  q?: string | undefined; before?: string | undefined;
}
export type Move = 'take-over' | 'give-back' | 'close' | 'reopen';

export const api = {
  streamUrl: wire.url('/v1/stream'),
  newClientId,

  setupNeeded: () => get<{ needed: boolean }>('/v1/setup'),
  setUp: (body: { setup_token: string; organisation: string; name: string; email: string; password: string }) => post<T.Me>('/v1/setup', body),
  signIn: (email: string, password: string) => post<T.Me>('/v1/session', { email, password }),
  signOut: () => remove('/v1/session'),
  me: () => get<T.Me>('/v1/me'),

  promises: (signal?: AbortSignal) => get<T.Promises>('/v1/promises', signal),
  checkPromises: () => post<T.Promises>('/v1/promises/check'),
  vouch: (id: string, statement: string, days: number) => wire.json<T.Promises>('PUT', `/v1/promises/${at(id)}/attestation`, { statement, days }),

  acceptInvitation: (body: { token: string; name: string; email: string; password: string }) => post<T.Me>('/v1/invitations/accept', body),

  conversations: (filter: ListQuery, signal?: AbortSignal) => get<T.Listing>(`/v1/conversations${query({ ...filter })}`, signal),
  thread: (id: string, signal?: AbortSignal, reason?: string) => get<T.Thread>(`/v1/conversations/${at(id)}${query({ reason })}`, signal),
  say: (id: string, body: { client_id: string; text: string; note: boolean; reason?: string }) => post<T.Message>(`/v1/conversations/${at(id)}/messages`, body),
  move: (id: string, move: Move) => post<T.Summary>(`/v1/conversations/${at(id)}/${move}`),
  assign: (id: string, member: string | null) => post<T.Summary>(`/v1/conversations/${at(id)}/assign`, { member_id: member }),
  why: (message: string, signal?: AbortSignal, reason?: string) => get<T.Why>(`/v1/messages/${at(message)}/why${query({ reason })}`, signal),
  seen: (message: string, signal?: AbortSignal, reason?: string) => get<T.Seen>(`/v1/messages/${at(message)}/seen${query({ reason })}`, signal),
  fileUrl: (id: string, reason?: string) => wire.url(`/v1/files/${at(id)}${query({ reason })}`),

  reviews: (state: string, signal?: AbortSignal) => get<{ items: T.ReviewLine[] }>(`/v1/reviews${query({ state })}`, signal),
  review: (id: string, reason: string, signal?: AbortSignal) => get<T.ReviewDetail>(`/v1/reviews/${at(id)}${query({ reason })}`, signal),
  decideReview: (id: string, body: { outcome: string; text?: string; title?: string; reason?: string }) => post<T.ReviewDetail>(`/v1/reviews/${at(id)}/decision`, body),

  gaps: (signal?: AbortSignal) => get<T.GapReport>('/v1/gaps', signal),
  fillGap: (body: { messages: string[]; title: string; content: string }) => post<{ page_id: string }>('/v1/gaps/answer', body),
  testSets: (signal?: AbortSignal) => get<{ items: T.TestSet[] }>('/v1/test-sets', signal),
  testSet: (id: string, signal?: AbortSignal) => get<T.TestSet>(`/v1/test-sets/${at(id)}`, signal),
  addTestSet: (body: { name: string; cases: T.TestCase[] }) => post<T.TestSet>('/v1/test-sets', body),
  changeTestSet: (id: string, body: { name: string; cases: T.TestCase[] }) => wire.json<T.TestSet>('PUT', `/v1/test-sets/${at(id)}`, body),
  removeTestSet: (id: string) => remove(`/v1/test-sets/${at(id)}`),
  runTestSet: (id: string, answerer: string) => post<T.TestRun>(`/v1/test-sets/${at(id)}/runs`, { answerer }),
  testRun: (id: string, signal?: AbortSignal) => get<T.TestRun>(`/v1/test-runs/${at(id)}`, signal),

  people: (q: string, signal?: AbortSignal) => get<{ items: T.PersonCard[] }>(`/v1/people${query({ q })}`, signal),
  person: (id: string, signal?: AbortSignal) => get<T.Person>(`/v1/people/${at(id)}`, signal),
  rectify: (id: string, body: { name?: string; email?: string }) => wire.json<T.Person>('PATCH', `/v1/people/${at(id)}`, body),
  exportPerson: (id: string, reason?: string) => wire.blob(`/v1/people/${at(id)}/export${query({ reason })}`),
  erase: (id: string) => post<{ erasure_id: string }>(`/v1/people/${at(id)}/erasure`, { confirm: 'ERASE' }),
  erasures: () => get<{ items: T.Erasure[] }>('/v1/erasures'),
  erasure: (id: string) => get<T.Erasure>(`/v1/erasures/${at(id)}`),
  receipt: (id: string) => wire.blob(`/v1/erasures/${at(id)}/receipt`),

  marks: (id: string, signal?: AbortSignal) => get<T.Marks>(`/v1/marks/${at(id)}`, signal),
  aiOff: (id: string, reason: string) => post<T.Marks>(`/v1/marks/${at(id)}/ai-off`, { reason }),
  aiOn: (id: string, reason: string) => post<T.Marks>(`/v1/marks/${at(id)}/ai-on`, { reason }),
  restrict: (id: string, ground: string) => post<T.Marks>(`/v1/marks/${at(id)}/restriction`, { ground }),
  restrictionTold: (id: string) => post<T.Marks>(`/v1/marks/${at(id)}/restriction/told`),
  liftRestriction: (id: string) => wire.json<T.Marks>('DELETE', `/v1/marks/${at(id)}/restriction`),
  retention: (signal?: AbortSignal) => get<T.Retention>('/v1/retention', signal),
  previewPeriod: (body: { class: string; days: number }) => post<T.PeriodPreview>('/v1/retention/preview', body),
  changePeriod: (body: { class: string; days: number }) => wire.json<T.Retention>('PUT', '/v1/retention', body),
  legalHolds: (signal?: AbortSignal) => get<{ items: T.LegalHold[] }>('/v1/legal-holds', signal),
  placeHold: (body: { person: string; conversation?: string; reason: string; ends_at: number }) => post<T.LegalHold>('/v1/legal-holds', body),
  liftHold: (id: string) => remove(`/v1/legal-holds/${at(id)}`),

  requests: (state: string, signal?: AbortSignal) => get<{ items: T.RequestSummary[] }>(`/v1/requests${query({ state })}`, signal),
  request: (id: string, signal?: AbortSignal) => get<T.RequestDetail>(`/v1/requests/${at(id)}`, signal),
  fileRequest: (body: { kind: string; regime: string; email: string; reason?: string; name_is?: string; email_is?: string }) => post<{ request_id: string }>('/v1/requests', body),
  assignRequest: (id: string, member: string | null) => post<T.RequestDetail>(`/v1/requests/${at(id)}/assign`, { member_id: member }),
  vouchRequest: (id: string) => post<T.RequestDetail>(`/v1/requests/${at(id)}/vouch`),
  extendRequest: (id: string, reason: string) => post<T.RequestDetail>(`/v1/requests/${at(id)}/extend`, { reason }),
  askRequester: (id: string, reason: string) => post<T.RequestDetail>(`/v1/requests/${at(id)}/ask`, { reason }),
  resumeRequest: (id: string) => post<T.RequestDetail>(`/v1/requests/${at(id)}/resume`),
  refuseRequest: (id: string, ground: string, reason: string) => post<T.RequestDetail>(`/v1/requests/${at(id)}/refuse`, { ground, reason }),
  settleStep: (id: string, body: { step_id: string; done: boolean; note: string; ground?: string; kept_until?: number }) => post<T.RequestDetail>(`/v1/requests/${at(id)}/settle`, body),
  requestFile: (id: string, kind: 'bundle' | 'archive', reason?: string) => wire.blob(`/v1/requests/${at(id)}/${kind}${query({ reason })}`),

  sources: () => get<{ items: T.Source[] }>('/v1/sources'),
  addSource: (body: { url: string; max_pages?: number; max_depth?: number }) => post<T.Source>('/v1/sources', body),
  removeSource: (id: string) => remove(`/v1/sources/${at(id)}`),
  crawl: (id: string, move: 'crawl' | 'pause' | 'resume' | 'stop') => post<T.Source>(`/v1/sources/${at(id)}/${move}`),
  pages: (filter: { source?: string | undefined; q?: string | undefined; after?: string | undefined }, signal?: AbortSignal) =>
    get<{ items: T.PageRow[]; next?: string | null }>(`/v1/pages${query(filter)}`, signal),
  page: (id: string) => get<T.Page>(`/v1/pages/${at(id)}`),
  writePage: (body: { title: string; content: string }) => post<T.Page>('/v1/pages', body),
  editPage: (id: string, body: { title?: string; content?: string; state?: string }) => wire.json<T.Page>('PUT', `/v1/pages/${at(id)}`, body),
  removePage: (id: string) => remove(`/v1/pages/${at(id)}`),
  ask: (question: string) => post<T.Played>('/v1/playground', { question }),

  team: () => get<T.Team>('/v1/team'),
  invite: (role: T.Role) => post<{ id: string; link: string; expires_at: number }>('/v1/team/invitations', { role }),
  withdrawInvitation: (id: string) => remove(`/v1/team/invitations/${at(id)}`),
  changeMember: (id: string, body: { role?: T.Role; disabled?: boolean }) => wire.json<T.TeamMember>('PATCH', `/v1/team/members/${at(id)}`, body),

  audit: (filter: { actor?: string; action?: string; object?: string; since?: string | undefined; until?: string | undefined; before?: string | undefined }, signal?: AbortSignal) =>
    get<T.AuditLines>(`/v1/audit${query(filter)}`, signal),
  auditChain: (signal?: AbortSignal) => get<T.AuditChain>('/v1/audit/chain', signal),
  verifyAudit: () => post<T.AuditChain>('/v1/audit/verify'),
  exportAudit: () => wire.blob('/v1/audit/export'),
  backups: (signal?: AbortSignal) => get<T.Backups>('/v1/backups', signal),
  tenantExports: (signal?: AbortSignal) => get<{ items: T.TenantExport[] }>('/v1/organisation/exports', signal),
  exportTenant: () => post<{ id: string }>('/v1/organisation/exports', { confirm: true }),
  tenantExportUrl: (id: string) => wire.url(`/v1/organisation/exports/${at(id)}/file`),
  endTenant: (confirm: string) => post<{ id: string }>('/v1/organisation/departure', { confirm }),
  departure: (id: string, signal?: AbortSignal) => get<T.Departure>(`/v1/departures/${at(id)}`, signal),
  certificate: (id: string) => wire.blob(`/v1/departures/${at(id)}/certificate`),

  settings: () => get<T.Settings>('/v1/settings'),
  saveSettings: (body: Pick<T.Settings, 'organisation_name' | 'look' | 'domains' | 'keep_days'> & { ai: { enabled: boolean } }) =>
    wire.json<T.Settings>('PUT', '/v1/settings', body),
  snippet: () => get<T.Snippet>('/v1/settings/snippet'),
  apiKeys: () => get<{ items: T.ApiKey[] }>('/v1/api-keys'),
  createApiKey: (name: string, scopes: string[]) => post<T.NewApiKey>('/v1/api-keys', { name, scopes }),
  consents: (signal?: AbortSignal) => get<T.ConsentBook>('/v1/consents', signal),
  publishWording: (purpose: string, text: T.ConsentWords) => post<T.ConsentBook>('/v1/consents/texts', { purpose, text }),
  retirePurpose: (purpose: string) => post<T.ConsentBook>('/v1/consents/retire', { purpose }),
  saveSurvey: (survey: T.Survey) => wire.json<T.ConsentBook>('PUT', '/v1/survey', survey),
  personConsents: (id: string, signal?: AbortSignal) => get<T.PersonConsents>(`/v1/people/${at(id)}/consents`, signal),
  maskRules: () => get<{ items: T.MaskRule[] }>('/v1/mask-rules'),
  addMaskRule: (wording: T.MaskWording) => post<T.MaskRule>('/v1/mask-rules', wording),
  removeMaskRule: (id: string) => remove(`/v1/mask-rules/${at(id)}`),
  previewMaskRule: (wording: T.MaskWording) => post<T.MaskPreview>('/v1/mask-rules/preview', wording),
  tryMasking: (text: string) => post<{ pieces: T.MaskPiece[] }>('/v1/mask-rules/try', { text }),
  providers: () => get<T.Providers>('/v1/providers'),
  addProvider: (facts: T.ProviderFacts, key: string) => post<T.Provider>('/v1/providers', { facts, key }),
  changeProvider: (id: string, facts: T.ProviderFacts, key?: string) =>
    wire.json<T.Provider>('PUT', `/v1/providers/${at(id)}`, key === undefined ? { facts } : { facts, key }),
  removeProvider: (id: string) => remove(`/v1/providers/${at(id)}`),
  switchProvider: (id: string, on: boolean) => post<T.Provider>(`/v1/providers/${at(id)}/switch`, { on }),
  testProvider: (id: string) => post<T.ProviderTrial>(`/v1/providers/${at(id)}/test`),
  orderProviders: (ids: string[]) => wire.json<void>('PUT', '/v1/providers/order', { ids }),
  spending: () => get<T.Spending>('/v1/spending'),
  limitSpending: (limits: T.SpendingLimits) => wire.json<T.Spending>('PUT', '/v1/spending/limits', limits),
  shopIdentity: () => get<T.ShopIdentity>('/v1/shop-identity'),
  renewShopIdentity: () => post<{ secret: string }>('/v1/shop-identity'),
  endShopIdentity: () => remove('/v1/shop-identity'),
  authorisedAgents: () => get<T.AuthorisedAgents>('/v1/authorised-agents'),
  registerAgent: (body: { agent: string; name: string; verify_key: string; callback: string }) => post<T.AuthorisedAgent>('/v1/authorised-agents', body),
  revokeAgent: (id: string) => remove(`/v1/authorised-agents/${at(id)}`),
  revokeApiKey: (id: string) => remove(`/v1/api-keys/${at(id)}`),
};
