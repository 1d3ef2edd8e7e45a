/** One financial institution and what the card is there: its addresses, its clients, its choices. */
import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import type { View } from './contract.ts';
import type { Limits } from './limits.ts';

/** An External Application at the bank, in OAuth's words. */
export interface Client {
  clientId: string;
  clientSecret: string;
}

/** The client of the card face is the institution's own; it serves both views where there is no second one. */
export interface Institution extends Client {
  id: string;
  /** What people call it. */
  name: string;
  /** Where the card is reached, without a trailing slash. */
  publicUrl: string;
  /** Origin of the card, e.g. `https://cards.example.com`. */
  origin: string;
  /** Path of `publicUrl`: empty, or e.g. `/example-fi`. */
  basePath: string;
  /** Origin of Banno Online; also the host of the Consumer API. */
  bankOrigin: string;
  /** `<bankOrigin>/a/consumer/api/v0/oidc` */
  issuer: string;
  /** What the claim `institution_id` must say, where that was configured. */
  bankInstitutionId?: string;
  /** The second External Application, for the expanded view. */
  expanded?: Client;
  /** Origins that may frame the card beside the bank's own. */
  frameOrigins: readonly string[];
  offlineAccess: boolean;
  /** Whether recent transactions are asked for. */
  transactions: boolean;
  /** BCP 47; what a page speaks when neither the customer nor the browser says. */
  locale: string;
  /** ISO 4217; the Consumer API names no currency on accounts. */
  currency: string;
  limits: Limits;
}

/** The client that signs customers in for a view. */
export function clientOf({ clientId, clientSecret, expanded }: Institution, view: View): Client {
  return view === 'expanded' && expanded !== undefined ? expanded : { clientId, clientSecret };
}

/** Loopback names: plain `http` is accepted there, and they never count as the bank's own site. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

/** Whether a browser takes the card for part of every site that frames it; then cookies work as at home. */
export function isBankSite(institution: Sites): boolean {
  return foreignFrames(institution).length === 0;
}

type Sites = Pick<Institution, 'origin' | 'bankOrigin' | 'frameOrigins'>;

/** The origins that frame the card and are not on its site. */
export function foreignFrames({ origin, bankOrigin, frameOrigins }: Sites): string[] {
  return [bankOrigin, ...frameOrigins].filter((framing) => !isSameSite(origin, framing));
}

/** Same registrable domain by the public suffix list (private section included) and both `https`: a browser's "same site". */
function isSameSite(one: string, other: string): boolean {
  const [card, bank] = [new URL(one), new URL(other)];
  if (isLoopbackHost(card.hostname) || isLoopbackHost(bank.hostname)) return false;
  if (card.protocol !== 'https:' || bank.protocol !== 'https:') return false;
  if (card.hostname === bank.hostname) return true;
  const site = getDomain(card.hostname, { allowPrivateDomains: true });
  return site !== null && site === getDomain(bank.hostname, { allowPrivateDomains: true });
}
