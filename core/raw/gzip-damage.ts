/** What is wrong with bytes that gunzip refused, as `is cut short`. @param cause what gunzip threw */
export function gzipDamage(packed: Uint8Array, cause: unknown): string {
  if (packed.byteLength === 0) return 'is empty';
  if (packed.every((byte) => byte === 0)) return 'holds NUL bytes only';
  if ((cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return 'is cut short';
  return packed[0] === 0x1f && packed[1] === 0x8b ? 'is damaged inside its gzip' : 'is not gzip';
}
