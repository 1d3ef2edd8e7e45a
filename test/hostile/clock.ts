/** Loaded into a server's process before the server: at each SIGUSR2 its clock jumps by the milliseconds in the file that its own address names. */
import { readFileSync } from 'node:fs';

const file = decodeURIComponent(new URL(import.meta.url).search.slice(1));
const RealDate = Date;
let aheadMs = 0;

class SetDate extends RealDate {
  constructor(...given: ConstructorParameters<DateConstructor>) {
    if ((given as unknown[]).length === 0) super(SetDate.now());
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}

globalThis.Date = SetDate as DateConstructor;
process.on('SIGUSR2', () => {
  aheadMs += Number(readFileSync(file, 'utf8'));
  // Heard by whoever waits for it.
  process.stdout.write('{"msg":"the clock was set"}\n');
});
