import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ApiKeySecret } from './api-key-secret';

/** A secret of the account that the process runs in. Imported when a key is needed: most functions need none. */
export function openApiKeySecret(secretArn: string): ApiKeySecret {
  return new ApiKeySecret({ client: new SecretsManagerClient({}), secretArn });
}
