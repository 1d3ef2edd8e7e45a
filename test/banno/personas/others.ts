/** A customer who reads Spanish, and one who signs in for a business. */
import { account, deposit, dueInDays } from './account.ts';
import { history } from './history.ts';
import type { Persona } from './persona.ts';

export const spanish: Persona = {
  id: 'spanish',
  title: 'Inés Robledo',
  description: 'Reads Spanish: locale es-US, Spanish names',
  userId: '82b1d370-563a-41d4-9f60-20718293d488',
  givenName: 'Inés',
  familyName: 'Robledo',
  username: 'inesr',
  locale: 'es-US',
  open(opening) {
    const { now } = opening;
    return {
      accounts: [
        account(
          opening,
          this.userId,
          1,
          deposit('Checking', 'Cuenta corriente', 'x6601', '2480.75', '2310.05'),
        ),
        account(opening, this.userId, 2, deposit('Savings', 'Ahorro para la casa', 'x6602', '15200.00')),
        account(opening, this.userId, 3, {
          name: 'Tarjeta de crédito',
          numbers: 'x6603',
          accountType: 'Line of Credit',
          accountSubType: 'Credit Card',
          balance: '342.18',
          availableCredit: '2657.82',
          creditLimit: '3000.00',
          minimumPaymentDue: '25.00',
          paymentDueAmount: '25.00',
          paymentDueDate: dueInDays(now, 9),
        }),
      ],
      transactions: history({
        userId: this.userId,
        number: 1,
        now,
        balance: '2480.75',
        entries: [
          [-1, 'PANADERIA LA ESPIGA', 'Panadería La Espiga', '-12.30'],
          [2, 'NOMINA TALLERES SOL', 'Nómina Talleres Sol', '1420.00'],
        ],
      }),
    };
  },
};

export const business: Persona = {
  id: 'business',
  title: 'Blair Coombs',
  description: 'Cash Management: signs in for a business',
  userId: '93c2e481-674b-42e5-8071-31829304e599',
  givenName: 'Blair',
  familyName: 'Coombs',
  username: 'blairc.coombsco',
  locale: 'en-US',
  isCashManagement: true,
  open(opening) {
    const { now } = opening;
    return {
      accounts: [
        account(opening, this.userId, 1, deposit('Checking', 'Operating', 'x8801', '184220.13', '179004.88')),
        account(opening, this.userId, 2, deposit('Checking', 'Payroll', 'x8802', '42000.00')),
        account(opening, this.userId, 3, {
          name: 'Equipment Line',
          numbers: 'x8803',
          accountType: 'Line of Credit',
          accountSubType: 'Line of Credit',
          balance: '61250.00',
          availableCredit: '88750.00',
          creditLimit: '150000.00',
          paymentDueAmount: '1875.00',
          paymentDueDate: dueInDays(now, 6),
        }),
      ],
      transactions: history({
        userId: this.userId,
        number: 1,
        now,
        balance: '184220.13',
        entries: [
          [-1, 'WIRE OUT PENDING TIMBER SUPPLY', 'Timber Supply', '-5215.25'],
          [1, 'LOCKBOX DEPOSIT', 'Lockbox deposit', '18440.00'],
        ],
      }),
    };
  },
};
