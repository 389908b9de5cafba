import { fileProblem } from '../adapters/filesystem/file-problem';
import { draftFromBytes } from '../core/drafting/draft-from-answer';
import { draftFromVariables } from '../core/drafting/draft-from-variables';
import { findVariables, firstApi } from '../core/drafting/find-variables';
import type { PipelineDraft } from '../core/drafting/pipeline-draft';
import { ConfigError } from '../core/errors';
import { dayOfInstant } from '../core/time/day';
import { type DraftWords, draftFacts, namesIn } from './draft-words';
import { NAME_ANOTHER, readRecorded } from './recorded-files';
import { together } from './together';

/**
 * @param now milliseconds since the epoch
 * @throws ConfigError listing every mistake of the words, or all that the answer lacks
 */
export async function draftOf(words: DraftWords, now: number): Promise<PipelineDraft> {
  const { from } = words;
  if (from !== undefined) {
    const [facts, answer] = await together(
      () => draftFacts(words),
      () => readAnswerFile(from),
    );
    return draftFromBytes(answer, { ...facts, today: dayOfInstant(now) });
  }
  const variables = words.variables === undefined ? undefined : namesIn(words.variables);
  const [{ latitude, longitude, ...facts }] = await together(
    () => draftFacts(words),
    () => variables && findVariables(variables, words.api ?? firstApi(variables)),
  );
  return draftFromVariables({
    ...facts,
    latitude: latitude!,
    longitude: longitude!,
    variables: variables!,
  });
}

async function readAnswerFile(path: string): Promise<Uint8Array> {
  const { bytes } = await readRecorded(path).catch((cause: Error) => {
    const message = fileProblem(cause, NAME_ANOTHER);
    throw new ConfigError('The answer cannot be read:', [{ path, message }], { cause });
  });
  return bytes;
}
