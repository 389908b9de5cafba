import { lakeFolder, parseLakeAddress } from '../../../cli/lake-address';

describe('the address of a lake', () => {
  it.each(['./lake', '/var/lake', 'lake', 'my lake,2', 'a:b'])('is a folder: %s', (folder) => {
    expect(parseLakeAddress(folder)).toEqual({ kind: 'folder', folder });
  });

  it('is two buckets, the one of raw answers first', () => {
    expect(parseLakeAddress('s3://w-raw-1,s3://w-processed-1')).toEqual({
      kind: 's3',
      raw: { bucket: 'w-raw-1', prefix: '' },
      processed: { bucket: 'w-processed-1', prefix: '' },
    });
  });

  it.each([
    ['s3://data', ''],
    ['s3://data/', ''],
    ['s3://data/lakes/weather', 'lakes/weather/'],
    ['s3://data/lakes/weather/', 'lakes/weather/'],
  ])('is one bucket with both apart: %s', (text, folder) => {
    expect(parseLakeAddress(text)).toEqual({
      kind: 's3',
      raw: { bucket: 'data', prefix: `${folder}raw/` },
      processed: { bucket: 'data', prefix: `${folder}processed/` },
    });
  });

  it.each([
    ['', 'must be a folder, s3://'],
    ['s3:data', 'must be a folder, s3://'],
    ['S3://data', 'must be a folder, s3://'],
    ['gs://data', 'must be a folder, s3://'],
    ['s3://', '"" cannot be the name of a bucket'],
    ['s3://Data', '"Data" cannot be the name of a bucket: 3 to 63 lower-case letters'],
    ['s3://data//x', '"/x" cannot begin the key of an object'],
    ['s3://data/a/../b', '"a/../b" cannot begin the key of an object'],
    ['s3://one,two', 'must be a folder, s3://'],
    ['s3://one,s3://one', 's3://one alone keeps both in it'],
    ['s3://one/a,s3://two', 'two buckets take no prefix'],
    ['s3://one,s3://two,s3://six', 'names more than two buckets'],
  ])('is refused with the way out: %j', (text, message) => {
    expect(() => parseLakeAddress(text)).toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringContaining(message) }),
    );
    expect(() => parseLakeAddress(text)).toThrow(`(received ${JSON.stringify(text)})`);
  });

  it('is a folder alone where a command needs files', () => {
    expect(lakeFolder('lake', 'use Athena')).toBe('lake');
    expect(() => lakeFolder('s3://data', 'use Athena')).toThrow('--lake: must be a folder here; use Athena');
  });
});
