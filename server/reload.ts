/** What SIGHUP asks for: the institutions read again. A file with a mistake changes nothing, and nothing ends the process. */
import type { FastifyInstance } from 'fastify';
import { ConfigError, type Environment, hasInstitutionsFile, loadInstitutions } from './config.ts';

export function reloadInstitutions(app: FastifyInstance, env: Environment): void {
  if (!hasInstitutionsFile(env)) {
    app.log.info('nothing is read again: INSTITUTIONS_FILE is not set');
    return;
  }
  try {
    app.log.info(app.replaceInstitutions(loadInstitutions(env)), 'the institutions were read again');
  } catch (error) {
    const problems =
      error instanceof ConfigError ? error.problems : [error instanceof Error ? error.name : typeof error];
    app.log.error({ problems }, 'the new institutions are refused; the old ones stay');
  }
}
