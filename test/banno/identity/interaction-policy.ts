/** When the bank shows a page of its own, when it answers at once, and when it may not show one at all. */
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { BankState } from '../bank-state.ts';
import { personaById } from '../personas/all.ts';
import type { Consents } from './consents.ts';

export const STANDARD_SECURITY_LEVEL = 'https://api.banno.com/consumer/security-level/standard';

const FRAMES = ['iframe', 'frame', 'embed', 'object', 'fencedframe'];

export function policyOf(consents: Consents): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get('login')?.checks.add(
    new interactionPolicy.Check('framed', 'a bank does not sign anybody in inside a frame', (ctx) => {
      if (isFramed(ctx) && ctx.oidc.session?.accountId === undefined) {
        throw new errors.LoginRequired('End-User authentication is required');
      }
      return interactionPolicy.Check.NO_NEED_TO_PROMPT;
    }),
    0,
  );
  const consent = policy.get('consent');
  consent?.checks.remove('consent_prompt');
  consent?.checks.add(
    new interactionPolicy.Check('not_given', 'the customer has to agree', 'consent_required', (ctx) =>
      consents.mustAsk(ctx),
    ),
  );
  return policy;
}

/** Signs the sandbox's customer in at once, where a person at a real bank would type a password. */
export function signInAtOnce(bank: BankState, ctx: KoaContextWithOIDC): void {
  const { session, params, prompts, route } = ctx.oidc;
  if (route !== 'authorization' || session === undefined || session.accountId !== undefined) return;
  if (bank.switches.signedOut || bank.autoSignIn === null || isFramed(ctx) || prompts.has('none')) return;
  const persona = personaById(params?.['login_hint']) ?? personaById(bank.autoSignIn);
  if (persona !== undefined)
    session.loginAccount({ accountId: persona.userId, acr: STANDARD_SECURITY_LEVEL });
}

function isFramed(ctx: KoaContextWithOIDC): boolean {
  return FRAMES.includes(ctx.get('sec-fetch-dest'));
}
