/** Basic credentials of one impact.com account. */
export interface ImpactCredentials {
  accountSid: string;
  authToken: string;
}

/** The impact.com program and event type a shop reports to. */
export interface Program {
  programId: string;
  name: string;
  eventTypeId: string;
  eventTypeName: string | null;
}

/** What a shop needs before anything can be told to impact.com. */
export interface Connection {
  credentials: ImpactCredentials;
  companyName: string | null;
  connectedAt: Date;
  /** Null until the merchant has chosen one. */
  program: Program | null;
  /** When that was, last. */
  chosenAt: Date | null;
}

export interface EventType {
  eventTypeId: string;
  name: string;
}
