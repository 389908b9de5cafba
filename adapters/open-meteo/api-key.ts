const HIDDEN = '***';

/** The API key. It leaves this object in one header only; printing the object shows nothing. */
export class ApiKey {
  readonly #key: string | undefined;

  constructor(key: string | undefined) {
    this.#key = key;
  }

  headers(): Record<string, string> {
    return this.#key === undefined ? {} : { 'X-Api-Key': this.#key };
  }

  /** The text of a server or a library, which may quote what it was sent, without the key in any spelling of an address. */
  redact(text: string): string {
    if (this.#key === undefined) return text;
    const spellings = [
      this.#key,
      encodeURIComponent(this.#key),
      encodeURI(this.#key),
      formEncoded(this.#key),
    ];
    return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, HIDDEN), text);
  }
}

function formEncoded(value: string): string {
  return new URLSearchParams({ k: value }).toString().slice('k='.length);
}
