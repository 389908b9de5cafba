import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../../adapters/s3/s3-object-store';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Breaks the connection instead of answering. */
  readonly broken?: true;
}

const TOKEN = 'the-session-token';
const SECRET = 'the-secret-key';

/** What must be found in no error. */
export const SECRETS = [TOKEN, SECRET];

/** A server on this machine that gives the answers it is told, in order; the last one again and again. */
export class ScriptedS3 {
  /** As `PUT /bucket/key`, with its query. */
  readonly requests: string[] = [];
  #server: Server | undefined;
  #client: S3Client | undefined;

  async start(answers: readonly Answer[]): Promise<S3ObjectStore> {
    this.#server = createServer((request, response) => this.#answer(answers, request, response));
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#client = createS3Client(
      {},
      {
        endpoint: this.endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'id', secretAccessKey: SECRET, sessionToken: TOKEN },
      },
    );
    return new S3ObjectStore({ client: this.#client, bucket: 'lake' });
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#client?.destroy();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #answer(answers: readonly Answer[], request: IncomingMessage, response: ServerResponse): void {
    const answer = answers[Math.min(this.requests.length, answers.length - 1)]!;
    this.requests.push(`${request.method} ${request.url}`);
    request.resume();
    request.on('end', () => {
      if (answer.broken) return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/xml', ...answer.headers });
      response.end(request.method === 'HEAD' ? undefined : answer.body);
    });
  }
}

export function refusal(status: number, code: string, more = ''): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>no</Message>${more}</Error>` };
}

export function listing(keys: readonly string[], nextToken?: string): Answer {
  const contents = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>1</Size><LastModified>2026-01-31T00:00:00.000Z</LastModified></Contents>`,
  );
  const next = nextToken === undefined ? '' : `<NextContinuationToken>${nextToken}</NextContinuationToken>`;
  const truncated = `<IsTruncated>${nextToken !== undefined}</IsTruncated>`;
  return {
    status: 200,
    body: `<ListBucketResult>${truncated}${next}${contents.join('')}</ListBucketResult>`,
  };
}
