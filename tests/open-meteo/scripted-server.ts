import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that gives one prepared reply after the other and writes down what it was asked; the last reply is repeated. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  /** Requests under way, now and at most. */
  underWay = 0;
  mostUnderWay = 0;
  private readonly server: Server;

  private constructor(private readonly replies: readonly Reply[]) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(...replies: Reply[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(replies);
    scripted.server.listen(0, '127.0.0.1');
    await new Promise((resolve) => scripted.server.once('listening', resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    response.once('close', () => {
      this.underWay -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = this.replies[Math.min(this.seen.length, this.replies.length - 1)];
      const { method = '', url = '', headers } = request;
      this.seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      reply?.(response, request);
    });
  }
}

/** A whole reply. */
export function reply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** An error as the source words it. */
export function refusal(status: number, reason: string): Reply {
  return reply(status, JSON.stringify({ error: true, reason }), { 'Content-Type': 'application/json' });
}

/** Begins a chunked body, and breaks the connection once its beginning is on its way. */
export function tornAfter(beginning: string | Buffer, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(200, headers);
    response.write(beginning, () => response.destroy());
  };
}

/** Takes the request and says nothing. */
export const SILENCE: Reply = () => undefined;

/** Breaks the connection without an answer. */
export const HANG_UP: Reply = (response) => {
  response.destroy();
};
