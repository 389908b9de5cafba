import { draftFromBytes } from '../../core/drafting/draft-from-answer';
import type { AnswerDraftOptions } from '../../core/drafting/draft-options';
import type { PipelineDraft } from '../../core/drafting/pipeline-draft';

/** A pipeline for an answer whose bytes are the JSON of the value. */
export function draftFromAnswer(json: unknown, options: AnswerDraftOptions): PipelineDraft {
  return draftFromBytes(Buffer.from(JSON.stringify(json)), options);
}
