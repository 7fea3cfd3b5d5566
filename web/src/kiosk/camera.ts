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

/* So many looks without it, and a card is gone: five seconds. A sleeve over it is not. */
const GONE_LOOKS = 20;

/** The cards that lie before the camera, whoever is at the tablet: none of them lets anybody in
 * before it has been away. */
export class Cards {
    readonly #missed = new Map<string, number>();

    /** This one was read, or typed. */
    put(code: string): void {
        this.#missed.set(code, 0);
    }

    /** Of those in sight the one that has come; '': none has. */
    look(codes: readonly string[]): string {
        for (const [code, missed] of this.#missed)
            if (!codes.includes(code) && missed + 1 >= GONE_LOOKS) this.#missed.delete(code);
            else this.#missed.set(code, codes.includes(code) ? 0 : missed + 1);
        const come = codes.find((code) => !this.#missed.has(code)) ?? '';
        codes.forEach((code) => this.put(code));
        return come;
    }
}

/** Looks until the returned function is called; each card that comes is told once. Throws where
 * there is no camera, or it may not be used. */
export async function watchCards(
    video: HTMLVideoElement,
    cards: Cards,
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
    const timer = setInterval(() => {
        if (document.hidden) return;
        detector.detect(video).then(
            (found) => {
                const come = cards.look(
                    found.map((one) => ticketIn(one.rawValue)).filter(Boolean),
                );
                if (come !== '') told(come);
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
