/** Beside a bundle that is measured: the pipeline, and the answer of each of its requests. */
export const PIPELINE_FILE = 'pipeline.json';

export function answerFile(section: string, chunk: number): string {
  return `${section}-${chunk}.json`;
}
