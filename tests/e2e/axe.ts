/* axe over a page. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** No violation. */
export async function audit(page: Page, name: string): Promise<void> {
    const found = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
    const told = found.violations.map(
        (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`,
    );
    expect(told, name).toEqual([]);
}

/** No violation, in light and in dark. */
export async function clean(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await audit(page, `${name}, ${colorScheme}`);
    }
}
