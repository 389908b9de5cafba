import { ConfigError } from './errors';

/** As an SDK of AWS throws it. A call that was never answered has no status; one that broke has the code of the connection. */
interface AwsException {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const EXPIRED: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException']);
/** A region has no name of its own among errors. */
const NO_REGION = /^Region (is missing|not accepted)/;
const LOG_IN = 'log in again (aws sso login), or renew what AWS_PROFILE or the variables name';

/**
 * Why nobody could be asked: no credentials, expired ones, no region. For commands, whose user mends it; a function's are given
 * to it anew, so that there another try helps. `undefined` for every other failure.
 */
export function accessProblem(error: unknown): ConfigError | undefined {
  const message = problemIn(error as AwsException);
  if (message === undefined) return undefined;
  return new ConfigError('AWS cannot be asked:', [{ path: '', message }], {
    context: { error_name: failureName(error) },
  });
}

function problemIn({ name = '', message = '' }: AwsException): string | undefined {
  if (name === 'CredentialsProviderError')
    return 'no AWS credentials were found; set AWS_PROFILE, or run aws configure or aws sso login';
  if (EXPIRED.has(name)) return `the AWS credentials have expired; ${LOG_IN}`;
  if (!NO_REGION.test(message)) return undefined;
  return 'no AWS region was found that can be used; set AWS_REGION, or the region of the profile';
}

/** What to call a failure: by the service's answer, or else by what became of the connection (`ENOTFOUND`, `ECONNREFUSED`). */
export function failureName(error: unknown): string {
  const { name = 'Error', code, $metadata } = error as AwsException;
  const isAnswer = $metadata?.httpStatusCode !== undefined;
  return isAnswer ? name : (code ?? name);
}
