/** Who the sandbox bank's customers are made of: a person, and what they hold when the bank opens. */

/** Open-ended on purpose: Banno adds members, and some customers here have wrong ones. */
export interface Account {
  id: string;
  [member: string]: unknown;
}

export interface Transaction {
  id: string;
  accountId: string;
  /** Decimal string; negative takes money away. */
  amount: string;
  date: string;
  /** Absent while pending. */
  datePosted?: string;
  sequence: number;
  lastUpdated: string;
  [member: string]: unknown;
}

export interface Opening {
  /** Due dates and histories are relative to it. */
  now: Date;
  institution: { id: string; name: string };
}

export interface Holdings {
  accounts: Account[];
  inactivatedAccountIds?: string[];
  /** By account id. An account without an entry has no `transactions` member in the answer at all. */
  transactions?: Record<string, Transaction[]>;
}

export interface Persona {
  id: string;
  title: string;
  description: string;
  /** The `sub` claim and the `{userId}` of every path; unique within one institution only. */
  userId: string;
  givenName: string;
  familyName: string;
  preferredName?: string;
  username: string;
  locale: string;
  isCashManagement?: boolean;
  open(opening: Opening): Holdings;
}
