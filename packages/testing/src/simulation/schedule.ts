import { createTrace, type Trace } from "./trace.ts";

/** Whoever may be gone by the time that something of theirs is due: then it does not happen. */
export interface Owner {
  readonly isAlive: boolean;
}

interface Task {
  at: number;
  readonly order: number;
  readonly owner: Owner | undefined;
  readonly label: string;
  readonly run: () => void;
  /** Only a fault keeps it waiting: it is let go when the faults stop. */
  readonly isHeldBack: boolean;
  isCancelled: boolean;
}

export interface TaskOptions {
  readonly owner?: Owner;
  readonly isHeldBack?: boolean;
}

/** Virtual time: nothing happens but what is due next, one thing at a time, in an order that the seed fixes. */
export interface Schedule {
  /** Milliseconds since the run began. */
  now(): number;
  /** Something happens once, later; the returned function cancels it. */
  after(milliseconds: number, label: string, run: () => void, options?: TaskOptions): () => void;
  /** Lets what is due next happen, and everything that follows from it at once. False: nothing is due any more. */
  step(): Promise<boolean>;
  /** How many things have happened. */
  steps(): number;
  /** Lets go what a fault held back. */
  release(): void;
  readonly trace: Trace;
}

const isBefore = (left: Task, right: Task): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/** A binary heap; the earliest task is first. */
const createHeap = () => {
  let tasks: Task[] = [];
  const rise = (task: Task): void => {
    let index = tasks.length;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if (!isBefore(task, tasks[parent]!)) break;
      tasks[index] = tasks[parent]!;
      index = parent;
    }
    tasks[index] = task;
  };
  const sink = (task: Task): void => {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= tasks.length) break;
      if (child + 1 < tasks.length && isBefore(tasks[child + 1]!, tasks[child]!)) child += 1;
      if (isBefore(task, tasks[child]!)) break;
      tasks[index] = tasks[child]!;
      index = child;
    }
    tasks[index] = task;
  };
  return {
    push: rise,
    pop(): Task | undefined {
      const first = tasks[0];
      const last = tasks.pop();
      if (first !== undefined && last !== undefined && tasks.length > 0) sink(last);
      return first;
    },
    /** All of them, in their order; the heap is empty afterwards. */
    drain(): Task[] {
      const all = tasks.sort((left, right) => left.at - right.at || left.order - right.order);
      tasks = [];
      return all;
    },
  };
};

/** Every promise that can go on without a new task has gone on: the queue of microtasks is empty. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createSchedule = (): Schedule => {
  const heap = createHeap();
  const trace = createTrace();
  let now = 0;
  let order = 0;
  let steps = 0;

  return {
    now: () => now,
    after(milliseconds, label, run, { owner, isHeldBack = false } = {}) {
      order += 1;
      // Whole microseconds, so that sums of delays are the same in every order of adding.
      const at = Math.round((now + Math.max(0, milliseconds)) * 1000) / 1000;
      const task: Task = { at, order, owner, label, run, isHeldBack, isCancelled: false };
      heap.push(task);
      return () => {
        task.isCancelled = true;
      };
    },
    async step() {
      for (let task = heap.pop(); task; task = heap.pop()) {
        if (task.isCancelled || task.owner?.isAlive === false) continue;
        now = task.at;
        steps += 1;
        trace.add(steps, now, task.label);
        task.run();
        await quiet();
        return true;
      }
      return false;
    },
    steps: () => steps,
    release() {
      for (const task of heap.drain()) {
        if (task.isHeldBack) task.at = Math.min(task.at, now);
        heap.push(task);
      }
    },
    trace,
  };
};
