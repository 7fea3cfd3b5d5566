/** Hands something to whoever sits here, as a file. */
export function handOver(name: string, body: Blob): void {
    const url = URL.createObjectURL(body);
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const csvBlob = (text: string): Blob =>
    new Blob([text], { type: 'text/csv;charset=utf-8' });
