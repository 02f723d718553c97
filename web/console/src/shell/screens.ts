// The screens of the house, each loaded when it is first needed, and the entries of the navigation.
import type { Component } from 'svelte';
import Bot from '@lucide/svelte/icons/bot';
import CircleCheckBig from '@lucide/svelte/icons/circle-check-big';
import BookOpen from '@lucide/svelte/icons/book-open';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Hourglass from '@lucide/svelte/icons/hourglass';
import InboxIcon from '@lucide/svelte/icons/inbox';
import Mailbox from '@lucide/svelte/icons/mailbox';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import Settings from '@lucide/svelte/icons/settings';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Sparkles from '@lucide/svelte/icons/sparkles';
import UserCheck from '@lucide/svelte/icons/user-check';
import Users from '@lucide/svelte/icons/users';

type Screen = Promise<{ default: Component }>;

export const SCREENS: Record<string, () => Screen> = {
  inbox: () => import('../inbox/Inbox.svelte'),
  knowledge: () => import('../knowledge/Sources.svelte'),
  pages: () => import('../knowledge/Pages.svelte'),
  page: () => import('../knowledge/PageView.svelte'),
  write: () => import('../knowledge/Write.svelte'),
  gaps: () => import('../knowledge/Gaps.svelte'),
  'test-sets': () => import('../trial/Sets.svelte'),
  'test-set': () => import('../trial/Set.svelte'),
  playground: () => import('../knowledge/Playground.svelte'),
  privacy: () => import('../privacy/Privacy.svelte'),
  consent: () => import('../consent/Consent.svelte'),
  retention: () => import('../privacy/Retention.svelte'),
  requests: () => import('../requests/Requests.svelte'),
  request: () => import('../requests/Request.svelte'),
  reviews: () => import('../reviews/Reviews.svelte'),
  review: () => import('../reviews/Review.svelte'),
  promises: () => import('../promises/Promises.svelte'),
  audit: () => import('../audit/Audit.svelte'),
  leave: () => import('../leave/Leave.svelte'),
  team: () => import('../settings/Team.svelte'),
  providers: () => import('../providers/Providers.svelte'),
  masking: () => import('../settings/Masking.svelte'),
  settings: () => import('../settings/Settings.svelte'),
  missing: () => import('./Missing.svelte'),
};

export interface Entry { path: string; name: string; icon: typeof InboxIcon; keys: string; screens: string[]; group?: string }

export const ENTRIES: Entry[] = [
  { path: '/inbox', name: 'Inbox', icon: InboxIcon, keys: 'G I', screens: ['inbox'] },
  { path: '/knowledge', name: 'Knowledge', icon: BookOpen, keys: 'G K', screens: ['knowledge', 'pages', 'page', 'write', 'gaps'] },
  { path: '/playground', name: 'Playground', icon: Sparkles, keys: 'G L', screens: ['playground', 'test-sets', 'test-set'] },
  { path: '/privacy', name: 'Privacy', icon: ShieldCheck, keys: 'G P', screens: ['privacy'], group: 'Trust' },
  { path: '/consent', name: 'Consent', icon: CircleCheckBig, keys: 'G C', screens: ['consent'] },
  { path: '/requests', name: 'Requests', icon: Mailbox, keys: 'G Q', screens: ['requests', 'request'] },
  { path: '/reviews', name: 'Reviews', icon: UserCheck, keys: 'G V', screens: ['reviews', 'review'] },
  { path: '/privacy/retention', name: 'Retention', icon: Hourglass, keys: 'G R', screens: ['retention'] },
  { path: '/promises', name: 'Promises', icon: BadgeCheck, keys: 'G O', screens: ['promises'] },
  { path: '/audit', name: 'Audit log', icon: ScrollText, keys: 'G U', screens: ['audit'] },
  { path: '/team', name: 'Team', icon: Users, keys: 'G T', screens: ['team'], group: 'House' },
  { path: '/providers', name: 'AI providers', icon: Bot, keys: 'G A', screens: ['providers'] },
  { path: '/masking', name: 'Masking', icon: EyeOff, keys: 'G M', screens: ['masking'] },
  { path: '/settings', name: 'Settings', icon: Settings, keys: 'G S', screens: ['settings', 'leave'] },
];
