import { ApiKey } from '../../../../adapters/open-meteo/api-key';
import { quoteReason } from '../../../../adapters/open-meteo/quotation';
import { describeFailure } from '../../../../adapters/open-meteo/transport-failure';

const NO_KEY = new ApiKey(undefined);
const KEY = 'k+e/y=7f3a';

describe('quoteReason', () => {
  it.each([
    ['{"error": true, "reason": "Invalid timezone"}', 'Invalid timezone'],
    [
      '{"reason":"Latitude must be in range of -90 to 90°. Given: 91.0.","error":true}',
      'Latitude must be in range of -90 to 90°. Given: 91.0.',
    ],
    ['{"reason": 7}', '{"reason": 7}'],
    ['null', 'null'],
    ['', ''],
    ['{"reason": "cut o', '{"reason": "cut o'],
    [
      '<html><head><style>p{}</style><title>502 Bad Gateway</title></head>\r\n<body><hr>nginx</body></html>',
      '502 Bad Gateway nginx',
    ],
  ])('quotes %p as %p', (body, quoted) => {
    expect(quoteReason(body, NO_KEY)).toBe(quoted);
  });

  it('bounds what it quotes and keeps it on one line without control characters', () => {
    const quoted = quoteReason(JSON.stringify({ reason: `a\n\u001b[31mb${'c'.repeat(10_000)}` }), NO_KEY);

    expect(quoted).toMatch(/^a \[31mbc+\.\.\.$/);
    expect(quoted).toHaveLength(303);
  });

  it.each([KEY, encodeURIComponent(KEY), encodeURI(KEY)])('hides the key spelt %p', (spelling) => {
    const quoted = quoteReason(
      JSON.stringify({ reason: `bad key ${spelling}, ${spelling}` }),
      new ApiKey(KEY),
    );

    expect(quoted).toBe('bad key ***, ***');
  });

  it('hides a key that the bound would cut in two', () => {
    const quoted = quoteReason('x'.repeat(295) + KEY, new ApiKey(KEY));

    expect(quoted).not.toContain('k+e');
  });
});

describe('describeFailure', () => {
  it('says the messages and codes of the whole chain once', () => {
    const socket = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    const failure = new TypeError('fetch failed', { cause: socket });

    expect(describeFailure(failure, NO_KEY)).toEqual({
      text: 'fetch failed: other side closed: UND_ERR_SOCKET',
      reached: true,
    });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
    'knows that after %s nothing was asked',
    (code) => {
      const failure = new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code }) });

      expect(describeFailure(failure, NO_KEY)).toEqual({ text: `fetch failed: ${code}`, reached: false });
    },
  );

  const failed = (message: string, code: string) =>
    describeFailure(
      new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }),
      NO_KEY,
    );

  it.each([
    ['certificate', 'CERT_HAS_EXPIRED'],
    ['certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['certificate', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['protocol', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['protocol', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
  ])(
    'takes a %s failure (%s) for a mistake of the address, after which nothing was asked',
    (mistake, code) => {
      expect(failed('no', code)).toEqual({ text: `fetch failed: no: ${code}`, reached: false, mistake });
    },
  );

  it('takes the port that fetch refuses, which has no code, for a mistake of the address', () => {
    expect(failed('bad port', '')).toMatchObject({ reached: false, mistake: 'port' });
  });

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
    'HPE_INVALID_CONSTANT',
    'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'Z_DATA_ERROR',
  ])('takes %s for an outage', (code) => {
    expect(failed('no', code)).not.toHaveProperty('mistake');
  });

  it('hides the key, and survives what is no error', () => {
    expect(describeFailure(new Error(`header ${KEY} refused`), new ApiKey(KEY)).text).toBe(
      'header *** refused',
    );
    expect(describeFailure('odd', NO_KEY)).toEqual({ text: 'no reason given', reached: true });
  });
});
