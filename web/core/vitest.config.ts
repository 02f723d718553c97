// Core's tests: `css` lets the contrast test read the colours that ship.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { css: true, include: ['test/*.test.ts'] } });
