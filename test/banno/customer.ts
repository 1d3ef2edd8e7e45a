/** A customer while the bank runs: accounts and transactions that change when the core is asked for fresh ones. */
import Big from 'big.js';
import type { Account, Opening, Persona, Transaction } from './personas/persona.ts';
import { stableUuid } from './personas/stable-uuid.ts';

/** What each refresh takes from a deposit or adds to a card. */
const SPENT = '4.50';

export class Customer {
  readonly persona: Persona;
  readonly accounts: Account[];
  readonly inactivatedAccountIds: string[];
  readonly #transactions: Record<string, Transaction[]>;
  readonly #ownInstitutionId: string;
  #refreshes = 0;

  constructor(persona: Persona, opening: Opening) {
    const holdings = persona.open(opening);
    this.persona = persona;
    this.accounts = holdings.accounts;
    this.inactivatedAccountIds = holdings.inactivatedAccountIds ?? [];
    this.#transactions = holdings.transactions ?? {};
    this.#ownInstitutionId = opening.institution.id;
  }

  account(accountId: string): Account | undefined {
    return this.accounts.find((account) => account.id === accountId);
  }

  /** Undefined where Banno leaves the member out: an account that never had any. */
  transactions(accountId: string): readonly Transaction[] | undefined {
    return this.#transactions[accountId];
  }

  /** Accounts the bank's own core knows; linked ones come from elsewhere and stay as they are. */
  coreAccounts(): Account[] {
    return this.accounts.filter((account) => {
      const institution = account['institution'];
      return typeof institution === 'object' && institution !== null && 'id' in institution
        ? institution.id === this.#ownInstitutionId
        : false;
    });
  }

  /** One account's fresh figures, as the core would report them. */
  refresh(account: Account, now: Date): void {
    account['fetchedDate'] = now.toISOString();
    const isDeposit = account['accountType'] === 'Deposit';
    if (!isDeposit && account['accountType'] !== 'Line of Credit') return;
    const change = isDeposit ? `-${SPENT}` : SPENT;
    for (const member of ['balance', 'availableBalance']) add(account, member, change);
    if (!isDeposit) add(account, 'availableCredit', `-${SPENT}`);
    this.#post(account, change, now);
  }

  #post(account: Account, amount: string, now: Date): void {
    const list = this.#transactions[account.id];
    if (list === undefined) return;
    this.#refreshes += 1;
    const at = now.toISOString();
    const displayName = 'Corner Coffee';
    list.unshift({
      id: stableUuid(`${account.id} refresh ${this.#refreshes}`),
      accountId: account.id,
      amount,
      currency: 'USD',
      memo: 'POS PENDING CORNER COFFEE',
      filteredMemo: displayName,
      displayName,
      type: amount.startsWith('-') ? 'Debit' : 'Credit',
      date: at,
      sequence: list.length + 1,
      lastUpdated: at,
      pendingStatus: 'Pending',
      enrichments: { cleanMemo: displayName, expenseCategory: 'Dining' },
    });
  }
}

function add(account: Account, member: string, change: string): void {
  const before = account[member];
  if (typeof before === 'string') account[member] = new Big(before).plus(change).toFixed(2);
}
