import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BatchColumn } from '../../../core/tables/table-batch';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { batchOf } from '../parquet/batch-of';

/** Published files on disk. */
export class LakeFolder {
  readonly root: string;

  constructor(prefix = 'lake-') {
    this.root = mkdtempSync(join(tmpdir(), prefix));
  }

  /** @returns the absolute path of the file */
  write(table: string, date: string, columns: readonly BatchColumn[]): string {
    const path = join(this.root, table, `date=${date}`, 'weather-daily.00000.parquet');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, PARQUET_ENCODER.encode(batchOf(columns)));
    return path;
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
