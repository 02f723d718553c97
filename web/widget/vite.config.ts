// Two builds into one folder: the panel (a page of its own with hashed files) and the launcher (one classic script).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const outDir = fileURLToPath(new URL('../dist/widget', import.meta.url));

export default defineConfig(({ mode }) => ({
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir,
    target: 'es2022',
    emptyOutDir: mode !== 'launcher',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    ...(mode === 'launcher'
      ? { lib: { entry: 'src/launcher/boot.ts', formats: ['iife' as const], name: 'confidante', fileName: () => 'widget.js' } }
      : { rollupOptions: { input: 'frame.html' } }),
  },
}));
