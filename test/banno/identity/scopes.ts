/** The scopes a Banno tenant advertises, in its own order of topics. */

const PREFIX = 'https://api.banno.com/consumer/auth/';

/** Gives a refresh token, without any prompt. */
export const BANNO_OFFLINE_ACCESS = `${PREFIX}offline_access`;
export const ACCOUNTS_READONLY = `${PREFIX}accounts.readonly`;
export const TRANSACTIONS_READONLY = `${PREFIX}transactions.detail.readonly`;
export const PROFILE_READONLY = `${PREFIX}user.profile.readonly`;

const OPENID_CONNECT = 'openid offline_access profile email address phone';

const BANNO = `
  offline_access
  accounts.readonly accounts.unmaskednumber.readonly accounts.readwrite accounts.stops.readonly
  accounts.stops.readwrite
  user.readonly user.profile.readonly user.address.readwrite user.email.readwrite user.phone.readwrite
  user.preferredname.readwrite user.profilephoto.readonly user.profilephoto.readwrite
  user.entitlements.readonly user.entitlements.readwrite organization.entitlements.readonly
  user.alerts.readonly user.alerts.readwrite user.messages.readonly user.messages.write user.messages.readwrite
  transactions.detail.readonly transactions.images.readonly transactions.images.readwrite
  transfers.accounts.readonly transfers.unmaskednumber.readonly transfers.accounts.readwrite
  rapidtransfers.paymentmethods.readonly rapidtransfers.transfers.readwrite rapidtransfers.transfers.readonly
  rapidtransfers.cards.write
  cardcontrols.readonly cardcontrols.readwrite depositalerts.readonly depositalerts.write
  depositalerts.readwrite travelnotice.write
  billpay.payees.readonly billpay.payees.readwrite billpay.payments.readonly billpay.payments.readwrite
  billpay.enrollment.readwrite
  conversations.readonly conversations.archive.write video_chat.readonly documents.readonly documents.readwrite
  ensenta.deposits.readonly ensenta.deposits.readwrite remotedepositcapture.readonly
  remotedepositcapture.readwrite
  achbatches.readonly achbatches.readwrite ach/routingnumbers.readonly wiretransfers.readonly
  wiretransfers.readwrite wires/routingnumbers.readonly positivepay.readonly positivepay.readwrite
  zelle.accounts.readonly zelle.contacts.readonly zelle.contacts.readwrite zelle.activity.readonly
  zelle.payments.readwrite zelle.requests.readwrite zelle.tokens.readwrite zelle.tokens.readonly
  devices.readonly devices.readwrite highrisk.authorized forms.readwrite companion.auth.readwrite
  image-generation.readwrite
  moov.payouts.readwrite
  expensemanagement.cards.readonly expensemanagement.cards.readwrite expensemanagement.cards.reveal
  expensemanagement.cardrequests.readonly expensemanagement.cardrequests.readwrite
  expensemanagement.cardholders.readonly expensemanagement.authorizations.readonly
  expensemanagement.receipts.readonly expensemanagement.receipts.readwrite
  expensemanagement.merchantcategories.readonly`;

const TAP_TO_LOCAL = [
  'customers',
  'disputes',
  'moovaccount',
  'statements',
  'support',
  'transfers',
  'user',
].flatMap((topic) => [`tap2local.${topic}.readonly`, `tap2local.${topic}.readwrite`]);

const ELSEWHERE = `
  jhwires/wires.readonly jhwires/wires.readwrite banking/wires/routingnumbers.readonly
  banking/ach/routingnumbers.readonly banking/banking.read banking/banking.write graph/resources.readonly
  graph/resources.readwrite card-mgmt/virtual-cards.read card-mgmt/virtual-cards.write
  abilities/user.abilities.read`;

export const SCOPES: readonly string[] = [
  ...words(OPENID_CONNECT),
  ...[...words(BANNO), ...TAP_TO_LOCAL].map((name) => `${PREFIX}${name}`),
  ...words(ELSEWHERE).map((name) => `https://jackhenry.com/${name}`),
];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
