/** A form of a rule that was not saved. */
export interface RefusedForm<Sent> {
  /** What was sent, to go on with. */
  sent: Sent;
  /** What came in force since the form was opened, where something did; it stands on that from now on. */
  message: string | null;
  opened: string;
}
