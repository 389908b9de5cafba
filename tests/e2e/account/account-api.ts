import { ACCOUNT_KEYS } from './simulated-account';

export interface AccountAddress {
  readonly endpoint: string;
  readonly region: string;
}

export interface AccountRequest {
  readonly service: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One call of a service that the project has no client for. The account reads whom a request is for, not its signature. */
export function callAccount(
  { endpoint, region }: AccountAddress,
  request: AccountRequest,
): Promise<Response> {
  const scope = `${ACCOUNT_KEYS.accessKeyId}/20260101/${region}/${request.service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=unread`;
  return fetch(`${endpoint}${request.path ?? '/'}`, {
    method: request.method ?? 'POST',
    headers: { ...request.headers, authorization },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
}

/** An action of a service whose protocol is JSON with a target header. */
export async function callTarget<T>(
  address: AccountAddress,
  service: string,
  target: string,
  input: unknown,
): Promise<T> {
  const response = await callAccount(address, {
    service,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** An action of a service whose protocol is a form. @returns its XML */
export async function callQuery(
  address: AccountAddress,
  service: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await callAccount(address, {
    service,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${form.Action} answered ${response.status}: ${text}`);
  return text;
}
