/* Development server and tests; `npm run build` is build/build.mjs, which uses the same base. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const server = process.env['STIMMWERK_URL'] ?? 'http://127.0.0.1:8080';
const routes = [
    ...['/join', '/login', '/snapshot', '/result', '/ballots', '/export', '/about'],
    ...['/media', '/picture', '/office/', '/followup'],
];

export default defineConfig({
    plugins: [svelte(), svelteTesting()],
    define: { VOICES: 'true' },
    server: {
        proxy: {
            '/ws': { target: server, ws: true },
            ...Object.fromEntries(routes.map((route) => [route, server])),
        },
    },
    test: {
        environment: 'jsdom',
        include: ['tests/**/*.test.ts'],
        setupFiles: ['tests/setup.ts'],
        restoreMocks: true,
        testTimeout: 60_000, // an old laptop with other work to do
        hookTimeout: 60_000,
    },
});
