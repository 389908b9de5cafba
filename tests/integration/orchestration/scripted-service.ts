import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServiceAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A service of AWS that speaks JSON: it gives the answers it is told, in order, the last one again and again. */
export class ScriptedService {
  readonly requests: { readonly action: string; readonly body: unknown }[] = [];
  private readonly server: Server;

  private constructor(answers: readonly ServiceAnswer[]) {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { status, body: answer } = answers[Math.min(this.requests.length, answers.length - 1)]!;
      const action = String(request.headers['x-amz-target']).split('.').at(-1)!;
      this.requests.push({ action, body: JSON.parse(body) });
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer));
    });
  }

  static async start(...answers: ServiceAnswer[]): Promise<ScriptedService> {
    const service = new ScriptedService(answers);
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** For a client of the SDK. */
  get config() {
    const credentials = { accessKeyId: 'id', secretAccessKey: 'the-secret', sessionToken: 'the-token' };
    return { endpoint: this.url, region: 'eu-central-1', credentials, maxAttempts: 1 };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

export function refusal(name: string, status = 400): ServiceAnswer {
  return { status, body: { __type: `com.amazonaws.service#${name}`, message: 'signed with the-token' } };
}
