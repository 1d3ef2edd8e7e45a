/** The entry: starts the server from its bundle where the build has made one of exactly these sources, else from the sources. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { findBuiltServer } from './built-server.ts';

const built = findBuiltServer();
// Compiled code is kept beside the bundle for the next start; where nothing may be written, each start compiles anew.
if (built !== undefined) enableCompileCache(join(dirname(built), 'compiled'));
const { start } = (await import(built ?? './start.ts')) as typeof import('./start.ts');
await start();
flushCompileCache();
