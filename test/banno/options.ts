/** What a sandbox bank can be told: where it lives, who its clients are, which cards its dashboard shows. */

/** An External Application, as Banno People would hold it. */
export interface BankClient {
  clientId: string;
  clientSecret: string;
  /** Matched exactly. The dashboard loads the first one bare to draw the card face. */
  redirectUris: string[];
  /** "User consent required"; off for plugins. */
  consentRequired?: boolean;
  /** Scopes the institution allows; what is asked beyond them is not granted. Absent: every scope the bank knows. */
  allowedScopes?: string[];
}

/** A plugin as configured in Banno People's Dashboard configuration. */
export interface BankCard {
  title: string;
  /** The first Redirect URI of its External Application. */
  url: string;
  /** CSS pixels. */
  initialHeight: number;
  primaryAction?: { label: string; url: string };
}

export interface BankOptions {
  /** e.g. `http://bank.localhost:4000` or `http://localhost:4000`; everything derives from it. Port 0 takes a free one. */
  origin: string;
  clients: BankClient[];
  cards?: BankCard[];
  /** Who a browser without a bank session is signed in as when it starts a sign-in that is not framed; null: nobody. */
  autoSignIn?: string | null;
  /** Whom the dashboard signs in first. Absent: as `autoSignIn`. */
  persona?: string;
  /** Where to listen when something else answers at the origin's port, e.g. a proxy that ends TLS. */
  port?: number;
}

/** Misbehaviour of the Consumer API, seen on the wire. */
export const FAULTS = ['none', '401', '403', '429', '500', '503', 'timeout', 'html', 'cut'] as const;
export type Fault = (typeof FAULTS)[number];

/** Where a fault can strike, in words. */
export const FAULT_PLACES = {
  api: 'the API',
  token: 'the token endpoint',
  discovery: 'the discovery document',
  keys: 'the signing keys',
  authorization: 'the authorization endpoint',
} as const;

/** What can be changed while the bank runs (`GET` and `PATCH /sandbox/switches`, same JSON shape). */
export interface Switches {
  /** Whom the dashboard signs in next. */
  persona: string;
  /** Added before every answer of the Consumer API and the token endpoint. */
  latencyMs: number;
  fault: Fault;
  faultAt: keyof typeof FAULT_PLACES;
  /** No bank session counts as signed in while this is set. */
  signedOut: boolean;
  consentRequired: boolean;
  sessionCookieSameSite: 'None' | 'Lax';
  /** Scopes never granted, whatever is asked. */
  withheldScopes: string[];
  /** Members of the discovery document that differ from the truth; null leaves one out. */
  discovery: Record<string, unknown>;
  /** What a callback says who sends it: the bank (RFC 9207), somebody else, or nothing. */
  callbackIssuer: 'own' | 'other' | 'none';
  /** How far the `Date` header is ahead of the truth; tokens keep the true time. */
  clockAheadSeconds: number;
}

/** A bank that behaves, for the customer that its dashboard signs in first. */
export function quietSwitches(persona: string): Switches {
  return {
    persona,
    latencyMs: 0,
    fault: 'none',
    faultAt: 'api',
    signedOut: false,
    consentRequired: false,
    sessionCookieSameSite: 'None',
    withheldScopes: [],
    discovery: {},
    callbackIssuer: 'own',
    clockAheadSeconds: 0,
  };
}

/** A running bank. */
export interface Bank {
  /** With the real port. */
  origin: string;
  /** `<origin>/a/consumer/api/v0/oidc`. */
  issuer: string;
  institutionId: string;
  switches: Switches;
  /** Every request the bank has answered, oldest first, at most 1,000: enough to assert order and counts. */
  requests: { method: string; path: string; status: number }[];
  /** External Applications and cards may be added once their addresses are known. */
  addClient(client: BankClient): void;
  addCard(card: BankCard): void;
  close(): Promise<void>;
}
