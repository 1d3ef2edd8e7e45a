/** Where sessions are kept, and whether that place answers. */
import { type Check, pass } from './check.ts';

export function storeChecks(): Check[] {
  return [
    {
      id: 'store',
      group: 'Store',
      title: 'Sessions',
      // `VALKEY_URL` is refused by the configuration of this version.
      run: () =>
        pass('Kept in memory: run one instance only. A restart costs each customer a silent sign-in.'),
    },
  ];
}
