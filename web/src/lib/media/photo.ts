/* A photograph made fit to travel: upright, small, and without a word of where, when and by
 * what it was taken. */
export const BYTES_MAX = 400_000;

/* Long edge in pixels, and quality: the first that is small enough. */
const TRIES: readonly [edge: number, quality: number][] = [
    [1280, 0.78],
    [1280, 0.6],
    [1024, 0.55],
    [800, 0.5],
    [640, 0.4],
];

type Picture = ImageBitmap | HTMLImageElement;

/* Older browsers do not know the option, and turn the picture by themselves. */
function bitmapOf(file: Blob): Promise<ImageBitmap> {
    return createImageBitmap(file, { imageOrientation: 'from-image' }).catch((error) => {
        if (error instanceof TypeError) return createImageBitmap(file);
        throw error;
    });
}

/* Some formats only an <img> can read. */
async function imageOf(file: Blob): Promise<HTMLImageElement> {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    try {
        await image.decode();
        return image;
    } finally {
        URL.revokeObjectURL(image.src);
    }
}

async function decoded(file: Blob): Promise<Picture> {
    return bitmapOf(file).catch(() => imageOf(file));
}

const sizeOf = (picture: Picture): [width: number, height: number] =>
    'naturalWidth' in picture
        ? [picture.naturalWidth, picture.naturalHeight]
        : [picture.width, picture.height];

/** The size at which the long edge has at most `edge` pixels and the short one at least 16. */
export function scaledTo(edge: number, width: number, height: number): [number, number] {
    const scale = Math.min(1, edge / Math.max(width, height));
    return [Math.max(16, Math.round(width * scale)), Math.max(16, Math.round(height * scale))];
}

function painted(picture: Picture, edge: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = scaledTo(edge, ...sizeOf(picture));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#fff'; // under what is transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
    return new Promise((resolve, reject) => {
        const take = (blob: Blob | null) => (blob ? resolve(blob) : reject(new Error('JPEG')));
        canvas.toBlob(take, 'image/jpeg', quality);
    });
}

const SOS = 0xda;
const isJfif = (bytes: Uint8Array, at: number): boolean =>
    String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'JFIF';

/* Everything but JFIF's own head and Adobe's that a browser may add to what it encodes:
 * profiles, comments, EXIF with the size. */
function isExtra(bytes: Uint8Array, at: number): boolean {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xe0) return !isJfif(bytes, at);
    return marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);
}

/** A JPEG without its extras. The server refuses what is not one. */
export function bare(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
    const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
    let at = 2;
    while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== SOS) {
        const next = at + 2 + (jpeg[at + 2] ?? 0) * 256 + (jpeg[at + 3] ?? 0);
        if (!isExtra(jpeg, at)) kept.push(jpeg.subarray(at, next));
        at = next;
    }
    kept.push(jpeg.subarray(at));
    const whole = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
    kept.reduce((to, part) => (whole.set(part, to), to + part.length), 0);
    return whole;
}

function asDataUrl(blob: Blob): Promise<string> {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.onerror = () => reject(reader.error ?? new Error('reading'));
        reader.readAsDataURL(blob);
    });
}

/** The photograph as a JPEG in a data URL: a text, which every store of a browser can keep.
 * Throws if the file is no picture that this browser can read. */
export async function prepared(file: Blob): Promise<string> {
    const picture = await decoded(file);
    try {
        for (const [edge, quality] of TRIES) {
            const blob = await encoded(painted(picture, edge), quality);
            const jpeg = bare(new Uint8Array(await blob.arrayBuffer()));
            if (jpeg.length <= BYTES_MAX)
                return await asDataUrl(new Blob([jpeg], { type: 'image/jpeg' }));
        }
    } finally {
        if ('close' in picture) picture.close();
    }
    throw new Error('too large');
}
