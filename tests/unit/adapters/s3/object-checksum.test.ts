import { fromChecksum, toChecksum } from '../../../../adapters/s3/object-checksum';
import { sha256 } from '../../../../core/hash';

const HASH = sha256('weather');
const CHECKSUM = toChecksum(HASH);

describe('the checksum of an object', () => {
  it('is its sha256', () => {
    expect(fromChecksum({ ChecksumSHA256: CHECKSUM, ChecksumType: 'FULL_OBJECT' })).toBe(HASH);
    expect(fromChecksum({ ChecksumSHA256: CHECKSUM })).toBe(HASH);
  });

  it.each([
    [{}],
    [{ ChecksumSHA256: CHECKSUM, ChecksumType: 'COMPOSITE' }],
    [{ ChecksumSHA256: `${CHECKSUM}-2` }],
    [{ ChecksumSHA256: '' }],
    [{ ChecksumSHA256: 'AAAA' }],
  ])('says nothing of the bytes: %j', (checksums) => {
    expect(fromChecksum(checksums)).toBeUndefined();
  });
});
