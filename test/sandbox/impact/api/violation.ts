/** One way in which a request differs from the published API. */
export interface Violation {
  /** A field name, a header, or "path". */
  field: string;
  message: string;
  /** What the server answers for it. */
  status: 400 | 404 | 405 | 406 | 415;
}
