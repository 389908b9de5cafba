const FIRST_BLOCK = 512;
const LARGEST_BLOCK = 16_384;
/** Longer columns get a buffer of their own, so that one that outlives the others holds on to little else. */
const LONGEST_POOLED = 1024;

/**
 * Room for the columns of an answer. A thousand locations of 24 rows have over ten thousand columns: a buffer for
 * each would cost more than reading it, so short ones are cut from blocks.
 */
export class ColumnPool {
  private block = new Float64Array(0);
  private used = 0;

  /** An array of zeros. */
  take(length: number): Float64Array {
    if (length > LONGEST_POOLED) return new Float64Array(length);
    if (this.used + length > this.block.length) this.addBlock(length);
    const values = this.block.subarray(this.used, this.used + length);
    this.used += length;
    return values;
  }

  private addBlock(length: number): void {
    const doubled = Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, this.block.length * 2));
    this.block = new Float64Array(Math.max(length, doubled));
    this.used = 0;
  }
}
