// The panel's own tests: rules and state, without a server and without layout.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { environment: 'happy-dom', include: ['test/*.test.ts'] } });
