/** A customer whose names try to become markup, script, templates or layout damage. */
import { account, deposit } from './account.ts';
import { history } from './history.ts';
import type { Persona } from './persona.ts';

const userId = '71a0c26f-4529-40c3-8e5f-1f607182c377';
const NAMES = [
  '<img src=x onerror="document.title=\'owned\'">',
  '</script><script>document.title="owned"</script>',
  '\u202egnikcehC desreveR\u202c',
  'Long'.repeat(75),
  '  Runs   of      spaces   000123  ',
  // The dollar sign by its number: the linter takes it for a forgotten template.
  '\u0024{7*7} {{7*7}} <%= 7*7 %>',
  '"><svg/onload=alert(1)>',
  '<!-- open comment <script>',
];

export const hostile: Persona = {
  id: 'hostile',
  title: 'Robert <b>Tables</b>',
  description: 'Names that try to break the page',
  userId,
  givenName: '<i>Bobby</i>',
  familyName: '</title>Tables',
  username: 'bobby"tables',
  locale: 'en-US',
  open(opening) {
    const accounts = NAMES.map((name, index) =>
      account(opening, userId, index + 1, {
        ...deposit('Checking', name, `x55${(index + 10).toString()}<`, `${index + 1}00.00`),
        accountHolderName: name,
      }),
    );
    const entries = NAMES.map((name): [number, string, string, string] => [3, name, name, '-1.00']);
    return {
      accounts,
      transactions: history({ userId, number: 1, now: opening.now, balance: '100.00', entries }),
    };
  },
};
