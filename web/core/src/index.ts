// Everything the widget and the console share: no framework, no HTML strings, no storage of its own.
export * from './api.ts';
export * from './coalesce.ts';
export * from './contrast.ts';
export * from './feed.ts';
export * from './i18n.ts';
export * from './markdown.ts';
export * from './queue.ts';
export * from './sse.ts';
export * from './transport.ts';
export * from './when.ts';
