declare module 'asl-validator' {
  /** Completes the definition it is given. */
  export default function validate(definition: object): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
}
