import { type AccountAddress, callAccount } from './account-api';

export interface FunctionAnswer {
  /** What the handler returned, or Lambda's account of what it threw. */
  readonly payload: unknown;
  /** Whether it threw, or was stopped. */
  readonly failed: boolean;
}

/** Waits for the function's answer. @throws Error when the account did not run it, as when it is throttled */
export async function invokeFunction(
  address: AccountAddress,
  name: string,
  event: unknown,
): Promise<FunctionAnswer> {
  const response = await invoke(address, name, event, 'RequestResponse');
  return { payload: await response.json(), failed: response.headers.has('x-amz-function-error') };
}

/** As a schedule invokes: the account tries again what fails, and sends what failed for good to its destination. */
export async function invokeLater(address: AccountAddress, name: string, event: unknown): Promise<void> {
  await invoke(address, name, event, 'Event');
}

/** Ends, by SIGKILL, what runs of a function. @returns how many processes that were */
export async function killFunction(address: AccountAddress, name: string): Promise<number> {
  const response = await fetch(`${address.endpoint}/simulated-account/kills/${name}`, { method: 'POST' });
  const { killed } = (await response.json()) as { killed: number };
  return killed;
}

async function invoke(
  address: AccountAddress,
  name: string,
  event: unknown,
  kind: string,
): Promise<Response> {
  const response = await callAccount(address, {
    service: 'lambda',
    path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
    headers: { 'x-amz-invocation-type': kind, 'content-type': 'application/json' },
    body: typeof event === 'string' ? event : JSON.stringify(event),
  });
  if (!response.ok) throw new Error(`${name} was not invoked (${response.status}): ${await response.text()}`);
  return response;
}
