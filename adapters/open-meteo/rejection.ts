import { type ErrorContext, SourceRejectedError } from '../../core/errors';

const WAYS_OUT: Readonly<Record<number, string>> = {
  400: 'Correct what the pipeline asks for; a key that is not valid is refused in this way too.',
  401: 'Set the API key that belongs to the keyed plan.',
  403: 'The plan does not cover this API: take a larger one, or ask another API.',
  404: 'Nothing is served at this address: check the API and the source address.',
  413: 'Lower source.locations_per_request.',
  414: 'Lower source.locations_per_request.',
};

/** @param reason the source's own words, free of secrets */
export function rejection(status: number, reason: string, facts: ErrorContext): SourceRejectedError {
  if (status >= 300 && status < 400) return redirection(status, facts);
  const quoted = reason === '' ? 'without a reason' : `"${reason}"`;
  const message = `Open-Meteo refused the request with ${status}: ${quoted}. ${WAYS_OUT[status] ?? 'Asking again changes nothing.'}`;
  return new SourceRejectedError(message, { context: { ...facts, status, reason } });
}

/** It says nothing of where to: the free host redirects a keyed request to an address that holds the key. */
function redirection(status: number, facts: ErrorContext): SourceRejectedError {
  const message = `Open-Meteo answered with the redirect ${status}, and none is followed. Check the plan and the source address.`;
  return new SourceRejectedError(message, { context: { ...facts, status } });
}

export function overflowRejection(maxBytes: number, facts: ErrorContext): SourceRejectedError {
  const message =
    `Open-Meteo's answer is longer than the bound of ${maxBytes} bytes and was cut off. ` +
    'Ask for fewer locations or days at once, or raise the bound.';
  return new SourceRejectedError(message, { context: { ...facts, max_body_bytes: maxBytes } });
}
