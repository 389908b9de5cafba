/** What the process writes to its standard streams while a function runs; each line of a function is JSON. */
export class CapturedOutput {
  text = '';
  private readonly spies: jest.SpyInstance[] = [];

  start(): void {
    this.text = '';
    for (const stream of [process.stdout, process.stderr]) {
      const spy = jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        this.text += chunk.toString();
        return true;
      });
      this.spies.push(spy);
    }
  }

  stop(): void {
    for (const spy of this.spies.splice(0)) spy.mockRestore();
  }

  private documents(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  get logs(): Record<string, unknown>[] {
    return this.documents().filter((document) => !('_aws' in document));
  }

  /** Lines of the embedded metric format. */
  get metrics(): Record<string, unknown>[] {
    return this.documents().filter((document) => '_aws' in document);
  }
}

export const METRIC_NAMESPACE = 'IngestWeather';

/** What the stacks set for Powertools. */
export function setPowertools(service: string): void {
  Object.assign(process.env, {
    POWERTOOLS_SERVICE_NAME: service,
    POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  });
}

/** A line of counts as CloudWatch takes it. */
export function emfLine(
  service: string,
  counts: Readonly<Record<string, number>>,
  dimensions: Readonly<Record<string, string>>,
) {
  return {
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [['service', ...Object.keys(dimensions)]],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    service,
    ...dimensions,
    ...counts,
  };
}
