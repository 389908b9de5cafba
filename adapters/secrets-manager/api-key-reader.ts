import type { Clock } from '../../core/ports/clock';
import type { ApiKeySecret } from './api-key-secret';

/** Reads the API key. The client of Secrets Manager is loaded for the first key only. @param secretArn none on the free plan */
export function apiKeyReader(
  secretArn: string | undefined,
  clock: Pick<Clock, 'elapsed'>,
): (() => Promise<string>) | undefined {
  if (secretArn === undefined) return undefined;
  let secret: ApiKeySecret | undefined;
  return async () => {
    const { openApiKeySecret } = await import('./open-api-key-secret');
    secret ??= openApiKeySecret(secretArn, clock);
    return secret.read();
  };
}
