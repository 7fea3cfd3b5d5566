/* What the hall needs of the wall: nothing is cut off, in any size. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

export const sizes = [
    { width: 1024, height: 768 },
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
    { width: 3840, height: 2160 },
];
/* Looked at as people look: nothing sticks out of the wall or out of its part of it. */
export async function fits(wall: Page, name: string): Promise<void> {
    for (const size of sizes) {
        await wall.setViewportSize(size);
        const out = (): Promise<string[]> =>
            wall.evaluate(() => {
                const found: string[] = [];
                const root = document.documentElement;
                if (root.scrollHeight > innerHeight) found.push(`height ${root.scrollHeight}`);
                if (root.scrollWidth > innerWidth) found.push(`width ${root.scrollWidth}`);
                const room = document.querySelector('main')?.getBoundingClientRect();
                for (const one of document.querySelectorAll('main *')) {
                    if (!room || one.closest('.unseen') || !one.checkVisibility()) continue;
                    const box = one.getBoundingClientRect();
                    if (box.right > room.right + 1 || box.bottom > room.bottom + 1)
                        found.push(`${one.tagName} ${one.className}`);
                    if (one.childElementCount === 0 && one.scrollWidth > one.clientWidth + 1)
                        if (getComputedStyle(one).display !== 'inline')
                            found.push(`wide ${one.tagName} ${one.className}`);
                }
                return found;
            });
        await expect.poll(out, `${name}, ${size.width}`).toEqual([]);
    }
}

/** The story of a count, step by step. */
export async function walk(wall: Page, name: string): Promise<void> {
    for (let step = 0; step < 12; step++) {
        await fits(wall, `${name}, step ${step}`);
        await wall.keyboard.press('ArrowRight');
    }
}
