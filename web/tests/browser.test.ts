import { describe, expect, it } from 'vitest';
import { isSmallWindow } from '../src/participant/browser';

const kit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const phone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${kit}`;
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${kit}`;
const android = (view: string, version: string) =>
    `Mozilla/5.0 (Linux; Android 14; Pixel 8${view}) AppleWebKit/537.36 (KHTML, like Gecko) ${version}Chrome/140.0.0.0 Mobile Safari/537.36`;

describe('a window that will forget', () => {
    it.each([
        ['the portal of an iPhone', `${phone} Mobile/15E148`],
        ['the portal of a Mac', mac],
        ['the portal or an app of Android', android('; wv', 'Version/4.0 ')],
        ['the one that looks for portals', 'CaptiveNetworkSupport-443.40.2 wispr'],
    ])('is %s', (_, agent) => {
        expect(isSmallWindow(agent, false)).toBe(true);
    });

    it.each([
        ['Safari', `${phone} Version/18.5 Mobile/15E148 Safari/604.1`],
        ['Chrome on an iPhone', `${phone} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`],
        ['Firefox on an iPhone', `${phone} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`],
        ['Safari on a Mac', `${mac} Version/18.5 Safari/605.1.15`],
        ['Chrome on Android', android('', '')],
        ['Firefox', 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
    ])('is not %s', (_, agent) => {
        expect(isSmallWindow(agent, false)).toBe(false);
    });

    it('is not a page on the home screen', () => {
        expect(isSmallWindow(`${phone} Mobile/15E148`, true)).toBe(false);
    });
});
