/**
 * Runs an invocation's work in a subsegment of its trace, with the error it ends with. Calls of `fetch` become subsegments
 * of their own; the SDK's do not, since a run makes hundreds.
 *
 * The X-Ray SDK is loaded for a sampled invocation only: nobody would receive what it records of another.
 */
export async function traced<T>(work: () => Promise<T>): Promise<T> {
  if (!isSampled(process.env)) return work();
  const { captureHandler } = await import('./capture-handler');
  return captureHandler(work);
}

/** What Lambda decided for the invocation. */
function isSampled({ _X_AMZN_TRACE_ID }: NodeJS.ProcessEnv): boolean {
  return _X_AMZN_TRACE_ID?.includes('Sampled=1') ?? false;
}
