import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { SimulatorOptions } from '../../../simulators/open-meteo/options';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';

const HOST = '127.0.0.1';
const KEY_HEADER = 'x-api-key';

/** The Open-Meteo simulator behind a door that keeps what went through it. */
export class RecordedSource {
  /** Bodies of the answers with status 200, as their client decodes them. */
  readonly served: Buffer[] = [];
  /** What each request showed as its key, wherever; `undefined` where it showed none. */
  readonly keys: (string | undefined)[] = [];
  private readonly door: Server;

  private constructor(readonly simulator: Simulator) {
    this.door = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  }

  static async start(options: SimulatorOptions = {}): Promise<RecordedSource> {
    const source = new RecordedSource(await startSimulator(options));
    await new Promise<void>((resolve) => source.door.listen(0, HOST, resolve));
    return source;
  }

  /** Without a slash at its end. */
  get url(): string {
    return `http://${HOST}:${(this.door.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.door.closeAllConnections();
    await new Promise<void>((resolve) => this.door.close(() => resolve()));
    await this.simulator.close();
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url = '/', headers } = incoming;
    const inAddress = new URL(url, this.url).searchParams.get('apikey');
    this.keys.push(headers[KEY_HEADER]?.toString() ?? inAddress ?? undefined);
    const onward = request(`${this.simulator.url}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      this.keep(answer);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  private keep(answer: IncomingMessage): void {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      if (answer.statusCode !== 200) return;
      const body = Buffer.concat(chunks);
      this.served.push(answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    });
  }
}
