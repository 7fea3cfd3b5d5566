/* The venue's network between a phone and the server: it can lose what the server says, cut
 * every line at once or at a moment to come, and be away altogether. */
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

export class Network {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: number;
  url = "";
  /** What the server sends is swallowed; what the phone sends arrives. */
  deaf = false;
  /** New connections are refused. */
  away = false;
  /** What somebody in between answers to everything, as HTTP: a portal, a proxy. */
  instead = "";

  /** Lines to be cut, one after the other: when so many pieces have passed, whichever way,
   * and whether the one that it happens at still arrives. */
  fuses: { pieces: number; arrives: boolean }[] = [];
  /** How often lines were cut. */
  cuts = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((phone) => this.#carry(phone));
  }

  static async before(url: string): Promise<Network> {
    const network = new Network(Number(new URL(url).port));
    await new Promise<void>((resolve) =>
      network.#server.listen(0, "127.0.0.1", resolve),
    );
    const address = network.#server.address();
    if (typeof address !== "object" || address === null)
      throw new Error("no port");
    network.url = `http://127.0.0.1:${address.port}`;
    return network;
  }

  #carry(phone: Socket): void {
    if (this.away) {
      phone.destroy();
      return;
    }
    if (this.instead !== "") {
      phone.on("error", () => undefined);
      phone.once("data", () => phone.end(this.instead));
      return;
    }
    const server = connect(this.#target, "127.0.0.1");
    for (const socket of [phone, server]) {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        phone.destroy();
        server.destroy();
      });
    }
    phone.on("data", (data) => this.#pass(data, server));
    server.on("data", (data) => {
      if (!this.deaf) this.#pass(data, phone);
    });
  }

  #pass(piece: Buffer, to: Socket): void {
    const fuse = this.fuses[0];
    if (!fuse || fuse.pieces-- > 0) {
      to.write(piece);
      return;
    }
    this.fuses.shift();
    if (fuse.arrives) to.write(piece, () => this.cut());
    else this.cut();
  }

  cut(): void {
    this.cuts++;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
