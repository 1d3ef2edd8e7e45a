/** The claims a Banno tenant advertises, and what a customer's are. */
import type { BankState } from '../bank-state.ts';
import type { Persona } from '../personas/persona.ts';

const PREFIX = 'https://api.banno.com/consumer/claim/';

const STANDARD =
  'sub family_name given_name middle_name name nickname picture preferred_username email address phone_number ' +
  'acr sid auth_time iss birthdate';

const BANNO =
  'accounts alt_given_name bsl_token cards cash_management_user cash_management_user_id cif ' +
  'configuration_values custom_jxchange_wa_ace_data customer_identifier devices esi_bsl_token external_loans ' +
  'external_tracking_records fi_routing_number id_documents institution_assets institution_details ' +
  'institution_id ipay_common_login_id ipay_subscriber_id jxchange_customer_data loan_cross_accounts loans ' +
  'masked_accounts member_number netteller_id organization_id pcid phone_numbers share_cross_accounts shares ' +
  'tax_id tracking_info theme_data user_type';

const BANNO_CLAIMS = BANNO.split(' ').map((name) => `${PREFIX}${name}`);

/** The 52 of a live tenant. `locale` comes with `profile` all the same: Banno's samples show it, its list does not. */
export const CLAIMS_SUPPORTED: readonly string[] = [...STANDARD.split(' '), ...BANNO_CLAIMS];

/** Which claims each scope brings; what has no scope is to be had by the `claims` parameter only. */
export const SCOPE_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub'],
  profile: 'name family_name given_name middle_name nickname picture preferred_username locale'.split(' '),
  email: ['email'],
  address: ['address'],
  phone: ['phone_number'],
};

export const CLAIMS_BY_REQUEST: readonly string[] = [
  ...'acr sid auth_time iss birthdate'.split(' '),
  ...BANNO_CLAIMS,
];

/**
 * Everything that can be told of a customer. Restricted claims (`customer_identifier`, `tax_id`, ...) are not
 * here: no administrator has enabled them, so they are simply absent.
 */
export function claimsOf(bank: BankState, persona: Persona): { sub: string } & Record<string, unknown> {
  const { userId: sub, givenName, familyName, username, locale } = persona;
  return {
    sub,
    name: `${givenName} ${familyName}`,
    given_name: givenName,
    family_name: familyName,
    preferred_username: username,
    locale,
    birthdate: '1990-01-01',
    email: `${persona.id}@customers.example`,
    phone_number: '+15555550100',
    address: {
      street_address: '1 Invented Street',
      locality: 'Springvale',
      region: 'IA',
      postal_code: '50000',
    },
    [`${PREFIX}institution_id`]: bank.institution.id,
    [`${PREFIX}institution_details`]: bank.institution,
    [`${PREFIX}fi_routing_number`]: '011000015',
    [`${PREFIX}user_type`]: persona.isCashManagement === true ? 'Business' : 'Individual',
    // Claims of Cash Management are absent for everybody else.
    ...(persona.isCashManagement === true
      ? {
          [`${PREFIX}cash_management_user`]: true,
          [`${PREFIX}cash_management_user_id`]: `cm-${sub.slice(0, 8)}`,
        }
      : {}),
  };
}

/** What a token with these scopes, and this part of the `claims` parameter, shows of it. */
export function selectClaims(
  claims: { sub: string } & Record<string, unknown>,
  scopes: ReadonlySet<string>,
  requested: Iterable<string>,
): Record<string, unknown> {
  const fromScopes = [...scopes].flatMap((scope) => SCOPE_CLAIMS[scope] ?? []);
  const wanted = new Set(['sub', ...fromScopes, ...requested]);
  return Object.fromEntries(Object.entries(claims).filter(([name]) => wanted.has(name)));
}
