/* A card's code out of a camera's picture, where the browser can read codes itself. */
import { readCode, TICKET_SYMBOLS } from '../lib/crypto/code';

interface Detector {
    detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface MakeDetector {
    new (options: { formats: string[] }): Detector;
    getSupportedFormats: () => Promise<string[]>;
}

const maker = (): MakeDetector | undefined =>
    (globalThis as { BarcodeDetector?: MakeDetector }).BarcodeDetector;

/* Some browsers have the reader and nothing that reads. */
export async function canReadCodes(): Promise<boolean> {
    if (typeof navigator.mediaDevices?.getUserMedia !== 'function') return false;
    const formats: string[] =
        (await maker()
            ?.getSupportedFormats()
            .catch(() => [])) ?? [];
    return formats.includes('qr_code');
}

/** The ticket's code in what a QR code says, /j#CODE or the code alone; '': there is none. */
export function ticketIn(text: string): string {
    const { code, fault } = readCode(text.slice(text.lastIndexOf('#') + 1));
    return !fault && code.length === TICKET_SYMBOLS ? code : '';
}

const LOOK_MS = 250;

/* So many looks without a card, and it is gone: one that shakes is not shown anew. */
const GONE_LOOKS = 8;

/** Looks until the returned function is called; each code that is seen is told once, and `last`
 * only when it has been away. Throws where there is no camera, or it may not be used. */
export async function watchCards(
    video: HTMLVideoElement,
    last: string,
    told: (code: string) => void,
): Promise<() => void> {
    const Maker = maker();
    if (!Maker) throw new Error('no detector');
    const detector = new Maker({ formats: ['qr_code'] });
    const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'user' },
    });
    video.srcObject = stream;
    await video.play();
    let shown = last;
    let missed = 0;
    const timer = setInterval(() => {
        detector.detect(video).then(
            (found) => {
                const code = found.map((one) => ticketIn(one.rawValue)).find(Boolean) ?? '';
                missed = code === '' ? missed + 1 : 0;
                if (code !== '' && code !== shown) told(code);
                if (code !== '' || missed >= GONE_LOOKS) shown = code;
            },
            () => undefined,
        );
    }, LOOK_MS);
    return () => {
        clearInterval(timer);
        stream.getTracks().forEach((track) => track.stop());
        video.srcObject = null;
    };
}
