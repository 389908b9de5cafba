import { BundledFunction } from '../../modules/bundled-function/bundled-function';
import { apiKeySecret, INGEST, ingestEnvironment } from './function-environments';
import { functionProps, grantsTo, type Ingest, type IngestContext } from './ingest-context';
import { allowIngest } from './pipeline-grants';

/** One function does all of a run. */
export function directIngest(context: IngestContext): Ingest {
  const ingest = makeFunction(context);
  return {
    target: ingest,
    functions: [
      {
        alarmsId: 'IngestAlarms',
        target: ingest,
        shortName: 'ingest',
        meaning: 'days may be missing; what is published stays whole',
      },
    ],
    service: INGEST,
    raiseAlarms: () => undefined,
    output: {
      id: 'IngestFunction',
      value: ingest.functionName,
      description: 'Function to invoke for a run by hand.',
    },
  };
}

function makeFunction(context: IngestContext): BundledFunction {
  const { scope, props } = context;
  const { memory_mib, timeout_seconds } = props.environment.function;
  const ingest = new BundledFunction(scope, 'Ingest', {
    ...functionProps(context, INGEST),
    description: `Publishes the weather of ${props.pipeline.name}, day by day.`,
    environment: ingestEnvironment(props, props.lake),
    memoryMib: memory_mib,
    timeoutSeconds: timeout_seconds,
  });
  allowIngest(grantsTo(ingest, context));
  const secret = apiKeySecret(props);
  if (secret !== undefined) ingest.grantSecret(secret, props.environment.api_key_secret_kms_key_arn);
  return ingest;
}
