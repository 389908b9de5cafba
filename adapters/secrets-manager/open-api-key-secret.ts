import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../core/ports/clock';
import { ApiKeySecret } from './api-key-secret';

/** A secret of the account that the process runs in. Imported when a key is needed: most functions need none. */
export function openApiKeySecret(secretArn: string, clock: Pick<Clock, 'elapsed'>): ApiKeySecret {
  return new ApiKeySecret({ client: new SecretsManagerClient({}), secretArn, clock });
}
