/* A simulated person without a browser: joins, sends, casts over a real socket. */
import { createHash, randomBytes } from "node:crypto";
import WebSocket from "ws";

type Frame = Record<string, unknown> & { op: string };
const HEARTBEAT_MS = 5000;
type Waiting = (answer: Frame) => void;

export class Phone {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  readonly pushes: Frame[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) =>
      this.#receive(JSON.parse(String(data)) as Frame),
    );
    const beat = setInterval(() => socket.send('{"op":"ping"}'), HEARTBEAT_MS);
    socket.on("close", () => clearInterval(beat));
    socket.on("error", () => undefined);
  }

  /** Joins by the event's code or a ticket; a moderator by a link's secret. */
  static async join(
    url: string,
    event: string,
    by: { code: string } | { link: string },
  ): Promise<Phone> {
    const moderator = "link" in by;
    const response = await fetch(`${url}${moderator ? "/login" : "/join"}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: url },
      body: JSON.stringify(by),
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (!response.ok || !cookie)
      throw new Error(`joining: ${await response.text()}`);
    const socket = new WebSocket(
      `${url.replace("http", "ws")}/ws`,
      "stimmwerk.v1",
      {
        headers: { Cookie: cookie, Origin: url },
      },
    );
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    const phone = new Phone(socket);
    await phone.ask({
      op: "hello",
      event,
      role: moderator ? "moderator" : "participant",
    });
    return phone;
  }

  #receive(frame: Frame): void {
    const waiting = this.#waiting.get(String(frame["id"]));
    if (!waiting) {
      this.pushes.push(frame);
      return;
    }
    this.#waiting.delete(String(frame["id"]));
    waiting(frame);
  }

  /** Sends and waits for the answer; a refusal is an error. */
  async ask(request: Frame): Promise<Frame> {
    if (this.#socket.readyState !== WebSocket.OPEN)
      throw new Error(`${request.op}: the line is gone`);
    const id = randomBytes(16).toString("hex");
    const answer = new Promise<Frame>((resolve) =>
      this.#waiting.set(id, resolve),
    );
    this.#socket.send(JSON.stringify({ ...request, id }));
    const frame = await answer;
    if (frame.op === "refused")
      throw new Error(`${request.op}: ${String(frame["err"])}`);
    return frame;
  }

  async submit(title: string, text = "", lang = "de"): Promise<string> {
    const done = await this.ask({ op: "idea.submit", title, text, lang });
    return String(done["idea"]);
  }

  async cast(poll: string, ballot: object): Promise<void> {
    const lock = createHash("sha256").update(randomBytes(16)).digest("hex");
    const nonce = randomBytes(16).toString("hex");
    await this.ask({ op: "cast", poll, counter: 1, ballot, nonce, lock });
  }

  hangUp(): void {
    this.#socket.terminate();
  }
}

/** What a poll looks like that somebody at the desk makes without touching anything. */
export function pollOf(
  question: string,
  options: string[],
  change: object = {},
): Frame {
  return {
    op: "poll.create",
    question,
    lang: "de",
    form: "ranking",
    method: "ranked-pairs-wv",
    seats: 1,
    ranks: 3,
    ties: false,
    live: false,
    publication: "ballots",
    options,
    ...change,
  };
}
