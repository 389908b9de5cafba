import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../adapters/s3/s3-object-store';

/**
 * Which conditions (If-Match, If-None-Match) the server keeps. `of writes`: those of a PUT, as MinIO and servers made from it
 * do, which delete an object whatever the condition says. `of creations`: If-None-Match alone.
 */
export type KeptConditions = 'of writes' | 'of creations' | 'none';

export interface SmallS3Options {
  readonly conditions?: KeptConditions;
  /** Answers a write with a condition by 501, as servers do that know none. */
  readonly refusesConditions?: boolean;
}

interface Stored {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export const SMALL_S3_ENV = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const PAGE_KEYS = 1000;

/** A server on this machine that speaks as much of S3 as the store needs. Every bucket is there and empty. */
export class SmallS3Server {
  /** As `PUT bucket/key`. */
  readonly requests: string[] = [];
  private readonly objects = new Map<string, Stored>();
  private readonly clients: S3Client[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));

  private constructor(private readonly options: SmallS3Options) {}

  static async start(options: SmallS3Options = {}): Promise<SmallS3Server> {
    const small = new SmallS3Server(options);
    await new Promise<void>((resolve) => small.server.listen(0, '127.0.0.1', resolve));
    return small;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a command needs to find the server. */
  get env(): Record<string, string> {
    return { ...SMALL_S3_ENV, AWS_ENDPOINT_URL_S3: this.endpoint };
  }

  store(bucket: string): S3ObjectStore {
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    const client = createS3Client({}, { endpoint: this.endpoint, region: 'us-east-1', credentials });
    this.clients.push(client);
    return new S3ObjectStore({ client, bucket });
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://localhost');
    const path = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/, '');
    this.requests.push(`${request.method} ${path}`);
    const body = await buffer(request);
    const { status, headers, body: answer = '' } = this.reply({ request, url, path, body });
    response.writeHead(status, { 'content-type': 'application/xml', ...headers });
    response.end(request.method === 'HEAD' ? undefined : answer);
  }

  private reply({ request, url, path, body }: Asked): Reply {
    const { method, headers } = request;
    if (url.searchParams.has('list-type')) return this.list(path, url.searchParams);
    if (method === 'PUT') return this.put(path, body, headers);
    if (method === 'DELETE') return this.delete(path);
    const found = this.objects.get(path);
    if (found === undefined) return refusal(404, 'NoSuchKey');
    return { status: 200, headers: found.headers, body: found.body };
  }

  private put(path: string, body: Buffer, headers: IncomingHttpHeaders): Reply {
    const refused = this.refusalOf(path, headers);
    if (refused !== undefined) return refused;
    const from = headers['x-amz-copy-source'];
    const source = from === undefined ? undefined : this.objects.get(decodeURIComponent(String(from)));
    if (from !== undefined && source === undefined) return refusal(404, 'NoSuchKey');
    const stored = source ?? { body, headers: headersOf(body, headers) };
    this.objects.set(path, stored);
    const { etag } = stored.headers;
    if (source === undefined) return { status: 200, headers: { etag: etag! } };
    return { status: 200, body: `<CopyObjectResult><ETag>${escaped(etag!)}</ETag></CopyObjectResult>` };
  }

  /** Whatever the condition. */
  private delete(path: string): Reply {
    this.objects.delete(path);
    return { status: 204 };
  }

  private refusalOf(path: string, headers: IncomingHttpHeaders): Reply | undefined {
    const { 'if-match': version, 'if-none-match': absent } = headers;
    if (version === undefined && absent === undefined) return undefined;
    if (this.options.refusesConditions) return refusal(501, 'NotImplemented');
    const { conditions = 'of writes' } = this.options;
    const found = this.objects.get(path);
    if (absent !== undefined && conditions !== 'none' && found !== undefined)
      return refusal(412, 'PreconditionFailed');
    if (version === undefined || conditions !== 'of writes') return undefined;
    if (found === undefined) return refusal(404, 'NoSuchKey');
    return found.headers.etag === version ? undefined : refusal(412, 'PreconditionFailed');
  }

  private list(bucket: string, query: URLSearchParams): Reply {
    const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
    const after = query.get('continuation-token') ?? '';
    const keys = [...this.objects.keys()]
      .filter((path) => path.startsWith(prefix) && path > after)
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const page = keys.slice(0, PAGE_KEYS);
    const contents = page.map((path) => {
      const { body, headers } = this.objects.get(path)!;
      const modified = new Date(headers['last-modified']!).toISOString();
      return `<Contents><Key>${escaped(path.slice(bucket.length + 1))}</Key><Size>${body.length}</Size><LastModified>${modified}</LastModified></Contents>`;
    });
    const isCut = page.length < keys.length;
    const next = isCut ? `<NextContinuationToken>${escaped(page.at(-1)!)}</NextContinuationToken>` : '';
    return {
      status: 200,
      body: `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    };
  }
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly path: string;
  readonly body: Buffer;
}

function headersOf(body: Buffer, headers: IncomingHttpHeaders): Record<string, string> {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return {
    ...Object.fromEntries(metadata.map(([name, value]) => [name, String(value)])),
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    'content-length': String(body.length),
    'last-modified': new Date().toUTCString(),
    'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
}

function refusal(status: number, code: string): Reply {
  return { status, body: `<Error><Code>${code}</Code><Message>no</Message></Error>` };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
