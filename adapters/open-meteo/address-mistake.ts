import { ConfigError } from '../../core/errors';

/** What is wrong with an address to which no request can ever be sent. */
export type AddressMistake = 'certificate' | 'port' | 'protocol';

/** Codes of Node and OpenSSL for a certificate that the machine does not trust. */
const CERTIFICATE_CODES = [
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
] as const;

/** Codes of OpenSSL for a server that does not speak TLS, or no version that this machine does. */
const PROTOCOL_CODES = [
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
] as const;

/**
 * Mistakes by the code of the error. Every other code is an outage: a name that does not resolve, a refused or broken
 * connection, a timeout, an alert without a reason and an answer that is no HTTP all occur while a good address is down.
 */
export const ADDRESS_MISTAKES: ReadonlyMap<string, AddressMistake> = new Map([
  ...CERTIFICATE_CODES.map((code) => [code, 'certificate'] as const),
  ...PROTOCOL_CODES.map((code) => [code, 'protocol'] as const),
]);

/** Fetch's own words; the error has no code. */
const BAD_PORT = 'bad port';

/** @param link an error of a failed fetch, or one of its causes */
export function addressMistakeOf({ message, code }: { message: string; code: string }) {
  return message === BAD_PORT ? 'port' : ADDRESS_MISTAKES.get(code);
}

const WAYS_OUT: Readonly<Record<AddressMistake, string>> = {
  certificate:
    "its certificate cannot be trusted; correct the address or this machine's clock, or name the file of the authority that signed it in NODE_EXTRA_CA_CERTS",
  port: 'no request is sent to this port, which is reserved for another protocol; have the server listen on another',
  protocol: 'no TLS that this machine knows is spoken there; correct the port, or say http://',
};

/** @param reason the messages and codes of the failure, free of secrets */
export function misaddressed(address: string, mistake: AddressMistake, reason: string): ConfigError {
  const problem = { path: new URL(address).origin, message: WAYS_OUT[mistake], received: reason };
  return new ConfigError('Open-Meteo cannot be asked at this address:', [problem]);
}
