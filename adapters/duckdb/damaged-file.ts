import { basename, dirname } from 'node:path';
import { StorageError } from '../../core/errors';
import { partitionDay } from '../../core/keys/partition';
import { pipelineOfObject } from '../../core/keys/processed-keys';

/** A missing file, one that is no Parquet, and Parquet that cannot be decoded. */
const DAMAGE = /^(IO Error|Invalid Error|Invalid Input Error: (File|No magic bytes))/;

/** Whether DuckDB says of a file, and not of the question, that it is wrong. */
export function isDamage({ message }: Error): boolean {
  return DAMAGE.test(message);
}

/** What DuckDB says of a file of the lake, without the statement that met it, and the way out. */
export function damagedFile(cause: Error, files: readonly string[]): StorageError {
  const reason = cause.message.split('\n')[0]!;
  const path = files.find((file) => reason.includes(file));
  const day = path === undefined ? undefined : partitionDay(basename(dirname(path)));
  const pipeline = pipelineOfObject(path ?? '');
  const again = `Make ${day === undefined ? 'its day' : 'the day'} again from raw`;
  const how = pipeline === undefined ? '' : `, with the pipeline ${pipeline}`;
  return new StorageError(
    `A file of the lake cannot be read: ${reason}\n${again}${how}: ingest-weather replay --date ${day ?? 'DAY'}`,
    { context: path === undefined ? {} : { path }, cause },
  );
}
