/** The entry: starts the server from its bundle where the build has made one of exactly these sources, else from the sources. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { compiledBeside, findBuiltServer } from './built-server.ts';

const built = findBuiltServer();
// The build has compiled it for the first start; where it may be written, every start adds what it compiles.
if (built !== undefined) enableCompileCache(compiledBeside(built));
const { start } = (await import(built ?? './start.ts')) as typeof import('./start.ts');
await start();
flushCompileCache();
