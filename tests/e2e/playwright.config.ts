/* Real server, real Chromium of the system: nothing is downloaded. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
    testDir: '.',
    outputDir: '../../web/test-results',
    fullyParallel: true,
    workers: 2,
    forbidOnly: true,
    retries: 0,
    timeout: 400_000, // an old laptop with other work to do
    expect: { timeout: 60_000 },
    reporter: [['list']],
    use: {
        browserName: 'chromium',
        locale: 'de-DE',
        viewport: { width: 360, height: 740 },
        actionTimeout: 60_000,
        launchOptions: {
            executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
            chromiumSandbox: false,
            args: [
                '--disable-gpu',
                '--disable-quic',
                '--no-first-run',
                '--disable-background-networking',
                '--disable-component-update',
                '--disable-sync',
                '--no-sandbox',
            ],
        },
    },
});
