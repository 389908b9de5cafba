import { CALL_TIMEOUT_MS } from '../../../../adapters/s3/attempt';
import { LEASE_MARGIN_SECONDS } from '../../../../core/publish/lease';

describe('a call to S3', () => {
  it('is over, with all its attempts, within the margin that a lease leaves to a write', () => {
    expect(CALL_TIMEOUT_MS).toBeLessThan(LEASE_MARGIN_SECONDS * 1000);
  });
});
