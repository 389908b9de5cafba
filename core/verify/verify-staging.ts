import { runStagingPrefix } from '../keys/processed-keys';
import { removeRun, type StagedRun, stagedRuns } from '../staging/sweep-staging';
import type { FindingBook } from './finding';
import type { VerifyParts } from './verify-parts';

/** Finds what runs staged and left behind. The staging of a run that may live is no finding. */
export async function verifyStaging(parts: VerifyParts, book: FindingBook): Promise<void> {
  for await (const run of stagedRuns(parts.processed, parts, parts.pipeline?.name)) {
    parts.signal?.throwIfAborted();
    book.checked('staging');
    if (run.isLeftBehind) await tell(parts, book, run);
  }
}

async function tell({ processed, repair }: VerifyParts, book: FindingBook, run: StagedRun): Promise<void> {
  const { pipeline, runId } = run;
  if (repair) await removeRun(processed, pipeline, runId);
  book.add({
    kind: 'staging',
    bucket: 'processed',
    object: runStagingPrefix(pipeline, runId),
    problem: 'a run that has ended left it behind',
    remedy: repair
      ? 'Removed'
      : `The next run of the pipeline ${pipeline} removes it, and so does verify --repair`,
    repaired: repair,
  });
}
