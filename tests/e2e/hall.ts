/* A real server with its own store for one test, and the phones that a test needs many of. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
    cpSync,
    existsSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The program under test: STIMMWERK_BIN, else the build that is there. */
export function program(): string {
    const named = process.env['STIMMWERK_BIN'];
    const candidates = ['asan', 'dev', 'release'].map((name) =>
        join(root, 'build', name, 'stimmwerk'),
    );
    const found = named ?? candidates.find((path) => existsSync(path));
    if (!found) throw new Error('no server: build it, or name it in STIMMWERK_BIN');
    return found;
}

export interface HallEvent {
    code: string;
    /** The secret of a moderator's link. */
    link: string;
    /** The way to the wall by the link that the desk has. */
    stage: string;
}

export class Hall {
    readonly folder = mkdtempSync(join(tmpdir(), 'stimmwerk-e2e-'));
    readonly store = `sqlite:${join(this.folder, 'hall.db')}`;
    url = '';
    /** The pages that it serves. */
    web = join(root, 'web', 'dist');
    #server: ChildProcess | null = null;
    #ended: Promise<unknown> = Promise.resolve();
    #said: string[] = [];

    static async open(): Promise<Hall> {
        const hall = new Hall();
        await hall.start();
        return hall;
    }

    /** A copy of the pages, as another version would have them. */
    copyPages(): string {
        const copy = join(this.folder, 'web');
        cpSync(this.web, copy, { recursive: true });
        return copy;
    }

    get port(): number {
        return Number(new URL(this.url).port);
    }

    /** Starts the server; a second start takes the port of the first. */
    async start(): Promise<void> {
        const port = this.url === '' ? 0 : this.port;
        const server = spawn(
            program(),
            [
                'serve',
                '--store',
                this.store,
                '--create',
                '--listen',
                `127.0.0.1:${port}`,
                '--web',
                this.web,
                '--operator.name',
                'Stadt Halle am Beispiel',
                '--operator.contact',
                'mitmachen@halle.example',
                '--operator.imprint',
                'Stadt Halle am Beispiel\nMarkt 1\n12345 Halle',
                '--operator.privacy',
                'Wir verarbeiten keine Namen und keine Adressen.',
            ],
            { stdio: ['ignore', 'pipe', 'pipe'] },
        );
        this.#server = server;
        this.#ended = new Promise((resolve) => server.once('close', resolve));
        this.url = await this.#address(server);
    }

    #address(server: ChildProcess): Promise<string> {
        return new Promise((resolve, reject) => {
            for (const stream of [server.stdout, server.stderr]) {
                if (!stream) continue;
                createInterface({ input: stream }).on('line', (line) => {
                    this.#said.push(line);
                    const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(line);
                    if (address) resolve(address[0]);
                });
            }
            server.once('exit', (code) => {
                reject(new Error(`the server ended with ${code}:\n${this.#said.join('\n')}`));
            });
        });
    }

    /** Ends the server. One that ended by itself, or complains, fails the test. */
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
        const server = this.#server;
        this.#server = null;
        if (!server) return;
        server.kill(signal);
        await this.#ended;
        const killed = signal === 'SIGKILL' && server.signalCode === 'SIGKILL';
        const complaint = this.#said.some((line) => /Sanitizer|runtime error:/.test(line));
        if (complaint || (!killed && server.exitCode !== 0)) {
            throw new Error(
                `the server ended with ${server.exitCode}:\n${this.#said.join('\n')}`,
            );
        }
    }

    async close(): Promise<void> {
        await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }

    /** All ballots of closed polls, as an auditor gets them: rows of poll, number, count, ranks. */
    async ballots(code: string): Promise<string[][]> {
        return this.table(code, 'ballots.csv');
    }

    /** A file of the auditor's export, without the names of its columns; no cell with a comma
     * may be in it. */
    async table(code: string, file: string): Promise<string[][]> {
        return (await this.#cells(code, file)).slice(1);
    }

    /** Its rows by the names of their columns. */
    async records(code: string, file: string): Promise<Record<string, string>[]> {
        const [head = [], ...rows] = await this.#cells(code, file);
        const name = (i: number): string => (head[i] ?? '').replace(/^\ufeff/, '');
        return rows.map((row) => Object.fromEntries(row.map((cell, i) => [name(i), cell])));
    }

    async #cells(code: string, file: string): Promise<string[][]> {
        const out = join(this.folder, 'export');
        await this.#tell(
            'export',
            '--store',
            this.store,
            '--event',
            code,
            '--out',
            out,
            '--auditor',
        );
        const rows = readFileSync(join(out, file), 'utf8').trim().split(/\r?\n/);
        return rows.filter((row) => !row.startsWith('#')).map((row) => row.split(','));
    }

    /** Copies the store while the server runs. */
    async backUp(): Promise<void> {
        writeFileSync(join(this.folder, 'secret'), 'correct horse battery staple\n');
        await this.#tell('backup', '--store', this.store, ...this.#backup('--out'));
    }

    /** Kills the server; its disk burns; it starts again from the backup. */
    async burnAndRestore(): Promise<void> {
        await this.stop('SIGKILL');
        for (const name of readdirSync(this.folder))
            if (name.startsWith('hall.db'))
                rmSync(join(this.folder, name), { recursive: true, force: true });
        await this.#tell('restore', '--store', this.store, ...this.#backup('--from'));
        await this.start();
    }

    /** Kills the server; all that was written since it started is gone; it starts again. */
    async killAndForget(): Promise<void> {
        await this.stop('SIGKILL');
        rmSync(join(this.folder, 'hall.db-wal'));
        await this.start();
    }

    #backup(option: string): string[] {
        const at = (name: string): string => join(this.folder, name);
        return [option, at('backup'), '--passphrase-file', at('secret')];
    }

    async #tell(...args: string[]): Promise<string> {
        const { stdout } = await run(program(), args);
        return stdout;
    }

    async makeEvent(
        title: string,
        mode: 'open' | 'ticket' = 'open',
        langs = 'de',
    ): Promise<HallEvent> {
        const answer = await this.#tell(
            'event',
            'create',
            '--store',
            this.store,
            '--title',
            title,
            '--mode',
            mode,
            '--lang',
            langs,
            '--json',
        );
        const { event, token, stage } = JSON.parse(answer) as {
            event: string;
            token: string;
            stage: string;
        };
        return { code: event, link: token, stage: stage.slice(stage.indexOf('/stage#')) };
    }

    async newLink(code: string, role = 'moderator'): Promise<string> {
        const answer = await this.#tell(
            'event',
            'link',
            '--store',
            this.store,
            '--event',
            code,
            '--role',
            role,
            '--json',
        );
        return (JSON.parse(answer) as { token: string }).token;
    }

    /** The path of a link to the office's page. */
    async officeLink(): Promise<string> {
        const answer = await this.#tell('office', '--store', this.store, '--json');
        return (JSON.parse(answer) as { link: string }).link.replace(/^.*(?=\/office#)/, '');
    }

    /** Ends all sessions of the office. */
    async endOffice(): Promise<void> {
        await this.#tell('office', '--store', this.store, '--revoke');
    }

    async tickets(code: string, count: number): Promise<string[]> {
        const csv = await this.#tell(
            'event',
            'tickets',
            '--store',
            this.store,
            '--event',
            code,
            '--count',
            String(count),
        );
        return csv.match(/\b[0-9A-HJKMNP-TV-Z]{5}-?[0-9A-HJKMNP-TV-Z]{5}\b/g) ?? [];
    }
}
