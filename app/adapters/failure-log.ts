/** Where clients write what a failed call was about: never a token or a customer. */
export interface FailureLog {
  warn(fields: object, message: string): void;
}
