/** What we read of a task at the bank: its id, and the events it has told so far. */
import { CardError } from '../errors.ts';
import { isObject, text } from './untrusted.ts';

export interface TaskEvents {
  version: number;
  /** Types of the events, e.g. `TaskStarted`; their other members are not documented. */
  types: string[];
}

/** @throws {CardError} `BANK_UNEXPECTED` */
export function readTaskId(body: unknown): string {
  const taskId = isObject(body) ? body['taskId'] : undefined;
  if (typeof taskId !== 'string' || !/^[\w-]{1,100}$/.test(taskId)) {
    throw new CardError('BANK_UNEXPECTED', { reason: 'task id' });
  }
  return taskId;
}

/** @throws {CardError} `BANK_UNEXPECTED` */
export function readTaskEvents(body: unknown): TaskEvents {
  const { version, events } = isObject(body) ? body : {};
  if (!Number.isSafeInteger(version) || !Array.isArray(events)) {
    throw new CardError('BANK_UNEXPECTED', { reason: 'task events' });
  }
  const types = events.map((event: unknown) => (isObject(event) ? (text(event['type']) ?? '') : ''));
  return { version: Number(version), types };
}
