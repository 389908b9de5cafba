/** Memory for numbers that are needed for a moment only; it grows to what was ever asked for and is then used again. */
export class Scratch {
  private words = new Int32Array(0);

  /** Holds anything at first, and is good until the next call. */
  take(length: number): Int32Array {
    if (this.words.length < length) this.words = new Int32Array(length);
    return this.words.subarray(0, length);
  }
}
