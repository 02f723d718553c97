// The screens of the house, each loaded when it is first needed, and the entries of the navigation.
import type { Component } from 'svelte';
import BookOpen from '@lucide/svelte/icons/book-open';
import InboxIcon from '@lucide/svelte/icons/inbox';
import Settings from '@lucide/svelte/icons/settings';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Users from '@lucide/svelte/icons/users';

type Screen = Promise<{ default: Component }>;

export const SCREENS: Record<string, () => Screen> = {
  inbox: () => import('../inbox/Inbox.svelte'),
  knowledge: () => import('../knowledge/Sources.svelte'),
  pages: () => import('../knowledge/Pages.svelte'),
  page: () => import('../knowledge/PageView.svelte'),
  write: () => import('../knowledge/Write.svelte'),
  playground: () => import('../knowledge/Playground.svelte'),
  privacy: () => import('../privacy/Privacy.svelte'),
  team: () => import('../settings/Team.svelte'),
  settings: () => import('../settings/Settings.svelte'),
  missing: () => import('./Missing.svelte'),
};

export interface Entry { path: string; name: string; icon: typeof InboxIcon; keys: string; screens: string[]; group?: string }

export const ENTRIES: Entry[] = [
  { path: '/inbox', name: 'Inbox', icon: InboxIcon, keys: 'G I', screens: ['inbox'] },
  { path: '/knowledge', name: 'Knowledge', icon: BookOpen, keys: 'G K', screens: ['knowledge', 'pages', 'page', 'write'] },
  { path: '/playground', name: 'Playground', icon: Sparkles, keys: 'G L', screens: ['playground'] },
  { path: '/privacy', name: 'Privacy', icon: ShieldCheck, keys: 'G P', screens: ['privacy'], group: 'Trust' },
  { path: '/team', name: 'Team', icon: Users, keys: 'G T', screens: ['team'], group: 'House' },
  { path: '/settings', name: 'Settings', icon: Settings, keys: 'G S', screens: ['settings'] },
];
