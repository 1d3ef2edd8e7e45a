/** Refreshes from the core: tasks, the events they add, and those who wait for the next one. */
import { randomUUID } from 'node:crypto';
import type { Customer } from '../customer.ts';

export interface TaskEvent {
  type: string;
  [member: string]: unknown;
}

interface Task {
  userId: string;
  events: TaskEvent[];
  waiting: Set<() => void>;
}

/** "Up to 7 seconds or until an event is added." */
const HOLD_MS = 7_000;
const CORE_ANSWERS_AFTER_MS = 400;
const CORE_TAKES_MS = 900;
const ENDS_AFTER_MS = 1_500;

export class Tasks {
  readonly #tasks = new Map<string, Task>();

  /** Begins a refresh; the core answers account by account, and it is over in about a second and a half. */
  start(customer: Customer): string {
    const taskId = randomUUID();
    const task: Task = {
      userId: customer.persona.userId,
      events: [{ type: 'TaskStarted' }],
      waiting: new Set(),
    };
    this.#tasks.set(taskId, task);
    const accounts = customer.coreAccounts();
    accounts.forEach((account, index) => {
      const after = CORE_ANSWERS_AFTER_MS + (CORE_TAKES_MS * index) / accounts.length;
      later(after, () => {
        const now = new Date();
        customer.refresh(account, now);
        const { id: accountId, balance, availableBalance } = account;
        const figures = { accountId, balance, availableBalance, fetchedDate: now.toISOString() };
        add(task, { type: 'EnrichmentAccountBalances', ...figures });
      });
    });
    later(ENDS_AFTER_MS, () =>
      add(task, { type: 'EnrichmentAllAccountBalancesUpdated' }, { type: 'TaskEnded' }),
    );
    return taskId;
  }

  /** The task, when it is this user's. */
  find(taskId: string | undefined, userId: string): Task | undefined {
    const task = this.#tasks.get(taskId ?? '');
    return task?.userId === userId ? task : undefined;
  }
}

/** Holds until there is an event after `sinceVersion`, the time is up, or the client has left. */
export async function nextEvents(task: Task, sinceVersion: number, left: AbortSignal, holdMs = HOLD_MS) {
  if (task.events.length <= sinceVersion) await eventOrTimeout(task, left, holdMs);
  return { version: task.events.length, events: task.events.slice(sinceVersion) };
}

function eventOrTimeout(task: Task, left: AbortSignal, holdMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      task.waiting.delete(end);
      left.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, holdMs);
    timer.unref();
    task.waiting.add(end);
    left.addEventListener('abort', end);
  });
}

function add(task: Task, ...events: TaskEvent[]): void {
  task.events.push(...events);
  for (const wake of [...task.waiting]) wake();
}

function later(ms: number, action: () => void): void {
  setTimeout(action, ms).unref();
}
