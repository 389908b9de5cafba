const SHA256_HEX = /^[0-9a-f]{64}$/;

/** What the fields of an answer say of the object's bytes. */
export interface Checksums {
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumType?: string | undefined;
}

/** Hex sha256 as S3 writes it. */
export function toChecksum(sha256: string): string {
  return Buffer.from(sha256, 'hex').toString('base64');
}

/**
 * Hex sha256 of the whole object; `undefined` when S3 holds none. It has none of what other programs wrote without asking
 * for it, and of a multipart upload it has one of its parts' hashes, which says nothing of the bytes.
 */
export function fromChecksum({ ChecksumSHA256, ChecksumType }: Checksums): string | undefined {
  if (ChecksumSHA256 === undefined || ChecksumType === 'COMPOSITE') return undefined;
  const hex = Buffer.from(ChecksumSHA256, 'base64').toString('hex');
  return SHA256_HEX.test(hex) && toChecksum(hex) === ChecksumSHA256 ? hex : undefined;
}
